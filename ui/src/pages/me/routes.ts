import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import MeList from "./MeList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/me",
    component: Panes,
    props: { list: MeList },
    meta: { tab: "me" },
    children: [
      { path: "", name: "me", component: () => import("./MeStart.vue"), meta: { list: true } },
      { path: "look", name: "me-look", component: () => import("./Look.vue") },
      { path: "privacy", name: "me-privacy", component: () => import("./Privacy.vue") },
      { path: "passphrase", name: "me-passphrase", component: () => import("./ChangePassphrase.vue") },
      { path: "recovery-code", name: "me-code", component: () => import("./NewRecoveryCode.vue") },
      { path: "records", name: "me-records", component: () => import("./VerifyRecords.vue") },
      { path: "pack", name: "me-pack", component: () => import("./EvidencePack.vue") },
      { path: "check-pack", name: "me-check-pack", component: () => import("./VerifyPack.vue") },
      { path: "export", name: "me-export", component: () => import("./OpenExport.vue") },
      { path: "anchors", name: "me-anchors", component: () => import("./OutsideAnchors.vue") },
      { path: "backup", name: "me-backup", component: () => import("./backup/Backup.vue") },
      { path: "backup/make", name: "me-backup-make", component: () => import("./backup/MakeBackup.vue") },
      { path: "backup/verify", name: "me-backup-verify", component: () => import("./backup/VerifyBackup.vue") },
      { path: "backup/auto", name: "me-backup-auto", component: () => import("./backup/AutoBackup.vue") },
      { path: "rules", name: "me-rules", component: () => import("./rules/Rules.vue") },
      { path: "rules/:table", name: "me-rule-table", component: () => import("./rules/RuleTable.vue") },
      { path: "help", name: "me-help", component: () => import("./Help.vue") },
      { path: "scam-check", name: "me-scam", component: () => import("./ScamCheck.vue") },
      { path: "about", name: "me-about", component: () => import("./About.vue") },
    ],
  },
];
