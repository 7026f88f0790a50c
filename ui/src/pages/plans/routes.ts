import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import PlansList from "./PlansList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/plans",
    component: Panes,
    props: { list: PlansList },
    meta: { tab: "plans" },
    children: [{ path: "", name: "plans", component: () => import("./PlansStart.vue"), meta: { list: true } }],
  },
];
