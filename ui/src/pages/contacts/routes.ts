import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import ContactsList from "./ContactsList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/contacts",
    component: Panes,
    props: { list: ContactsList },
    meta: { tab: "contacts" },
    children: [{ path: "", name: "contacts", component: () => import("./ContactsStart.vue"), meta: { list: true } }],
  },
];
