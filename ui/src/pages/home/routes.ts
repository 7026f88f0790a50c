import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import HomeList from "./HomeList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/home",
    component: Panes,
    props: { list: HomeList },
    meta: { tab: "home" },
    children: [{ path: "", name: "home", component: () => import("./HomeStart.vue"), meta: { list: true } }],
  },
];
