import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import LoansList from "./LoansList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/loans",
    component: Panes,
    props: { list: LoansList },
    meta: { tab: "loans" },
    children: [{ path: "", name: "loans", component: () => import("./LoansStart.vue"), meta: { list: true } }],
  },
];
