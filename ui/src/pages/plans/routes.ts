import type { RouteRecordRaw } from "vue-router";
import Panes from "@/shell/Panes.vue";
import PlansList from "./PlansList.vue";

export const routes: RouteRecordRaw[] = [
  { path: "/plans/studio", name: "studio", component: () => import("./studio/Studio.vue"), meta: { tab: "plans" } },
  {
    path: "/plans",
    component: Panes,
    props: { list: PlansList },
    meta: { tab: "plans" },
    children: [
      { path: "", name: "plans", component: () => import("./PlansStart.vue"), meta: { list: true } },
      { path: "capacity", name: "capacity", component: () => import("./capacity/Capacity.vue") },
      { path: "offers", name: "offers", component: () => import("./offers/Offers.vue") },
      { path: "requests", name: "requests", component: () => import("./offers/Requests.vue") },
      { path: "requests/:id", name: "request", component: () => import("./offers/RequestDetail.vue") },
      { path: "cases", name: "cases", component: () => import("./cases/Cases.vue") },
      { path: "cases/:id", name: "case", component: () => import("./cases/CaseDetail.vue") },
      { path: "cases/:id/offer", name: "make-offer", component: () => import("./cases/MakeOffer.vue") },
      { path: "cases/:id/parties", name: "parties", component: () => import("./cases/Parties.vue") },
      { path: "check", name: "check-agreement", component: () => import("./cases/CheckAgreement.vue") },
      { path: "hardship", name: "hardship", component: () => import("./cases/Hardship.vue") },
      { path: "agree", name: "agree", component: () => import("./agreements/Agree.vue") },
      { path: "agreements/:id", name: "agreement", component: () => import("./agreements/AgreementDetail.vue") },
      { path: "reminders", name: "reminders", component: () => import("./reminders/Reminders.vue") },
      { path: "reminders/settings", name: "reminder-settings", component: () => import("../keep/ReminderSettings.vue") },
      { path: "reminders/settings/:kind/:key", name: "reminder-item", component: () => import("../keep/ItemTimes.vue") },
      { path: "reminders/check", name: "reminder-check", component: () => import("../keep/CheckUp.vue") },
      { path: "deadlines", name: "deadlines", component: () => import("../keep/Deadlines.vue") },
      { path: "deadlines/add", name: "add-deadline", component: () => import("../keep/AddDeadline.vue") },
      { path: "review", name: "review", component: () => import("../keep/Review.vue") },
    ],
  },
];
