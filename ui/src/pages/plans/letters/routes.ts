import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import PlansList from "../PlansList.vue";

/** Papers of a case: beside the plans' list like every page of that tab. */
export const routes: RouteRecordRaw[] = [
  {
    path: "/plans",
    component: Panes,
    props: { list: PlansList },
    meta: { tab: "plans" },
    children: [
      { path: "cases/:id/script", name: "call-script", component: () => import("../cases/CallScriptPage.vue") },
      { path: "cases/:id/letters", name: "loan-letters", component: () => import("./Letters.vue") },
      { path: "cases/:id/letters/:kind", name: "write-letter", component: () => import("./WriteLetter.vue") },
      { path: "cases/:id/complain", name: "complain", component: () => import("./Complain.vue") },
      { path: "letters", name: "letters", component: () => import("./Letters.vue") },
      { path: "letters/:id", name: "letter", component: () => import("./LetterDetail.vue") },
    ],
  },
];
