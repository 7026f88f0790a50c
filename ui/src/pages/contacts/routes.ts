import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import ContactsList from "./ContactsList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/contacts",
    component: Panes,
    props: { list: ContactsList },
    meta: { tab: "contacts" },
    children: [
      { path: "", name: "contacts", component: () => import("./ContactsStart.vue"), meta: { list: true } },
      { path: "log", name: "contact-log", component: () => import("./log/LogContact.vue") },
      { path: ":id", name: "contact", component: () => import("./ContactDetail.vue") },
      { path: ":id/files/:file", name: "contact-file", component: () => import("./FilePage.vue") },
      { path: ":id/correct", name: "contact-correct", component: () => import("./log/CorrectContact.vue") },
    ],
  },
];
