import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import LoansList from "./LoansList.vue";

export const routes: RouteRecordRaw[] = [
  {
    path: "/loans",
    component: Panes,
    props: { list: LoansList },
    meta: { tab: "loans" },
    children: [
      { path: "", name: "loans", component: () => import("./LoansStart.vue"), meta: { list: true } },
      { path: "new", name: "loan-new", component: () => import("./form/AddLoan.vue") },
      { path: "borrow", name: "loan-borrow", component: () => import("./borrow/Borrow.vue") },
      { path: ":id/amend", name: "loan-amend", component: () => import("./form/AmendLoan.vue") },
      { path: ":id/pay", name: "loan-pay", component: () => import("./act/AddPayment.vue") },
      { path: ":id/compare", name: "compare", component: () => import("../plans/compare/Compare.vue") },
      { path: ":id/close", name: "loan-close", component: () => import("./act/CloseLoan.vue") },
      {
        path: ":id",
        component: () => import("./detail/LoanDetail.vue"),
        children: [
          { path: "", redirect: (to) => ({ name: "loan-owed", params: to.params }) },
          { path: "owed", name: "loan-owed", component: () => import("./detail/OwedTab.vue") },
          { path: "cost", name: "loan-cost", component: () => import("./detail/CostTab.vue") },
          { path: "plan", name: "loan-plan", component: () => import("./detail/PlanTab.vue") },
          { path: "contacts", name: "loan-contacts", component: () => import("./detail/ContactsTab.vue") },
          { path: "papers", name: "loan-papers", component: () => import("./detail/PapersTab.vue") },
        ],
      },
    ],
  },
];
