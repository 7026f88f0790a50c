/**
 * The one place the rest of the interface takes its IPC types from. Everything is generated; only where a type has
 * two forms is one chosen here: what we send (absent fields may be left out), what we are told (every field is there).
 */
import type * as wire from "./bindings";

export type * from "./bindings";

export type Commands = typeof wire.commands;
export type Result<T> = { status: "ok"; data: T } | { status: "error"; error: AppError };

// What we send.
export type AddLoanRequest = wire.AddLoanRequest_Deserialize;
export type AddPaymentRequest = wire.AddPaymentRequest_Deserialize;
export type AmendLoanRequest = wire.AmendLoanRequest_Deserialize;
export type BalanceForm = wire.BalanceForm_Deserialize;
export type CapacityForm = wire.CapacityForm_Deserialize;
export type CloseLoanRequest = wire.CloseLoanRequest_Deserialize;
export type DependantForm = wire.DependantForm_Deserialize;
export type DetailsForm = wire.DetailsForm_Deserialize;
export type ExpenseForm = wire.ExpenseForm_Deserialize;
export type IncomeForm = wire.IncomeForm_Deserialize;
export type ListContactsRequest = wire.ListContactsRequest_Deserialize;
export type LogContactRequest = wire.LogContactRequest_Deserialize;
export type MakeOfferRequest = wire.MakeOfferRequest_Deserialize;
export type HardshipForm = wire.HardshipForm_Deserialize;
export type ReliefForm = wire.ReliefForm_Deserialize;
export type ContactPointForm = wire.ContactPointForm_Deserialize;
export type OutcomeForm = wire.OutcomeForm_Deserialize;
export type PersonForm = wire.PersonForm_Deserialize;
export type PreviewOffersRequest = wire.PreviewOffersRequest_Deserialize;
export type PriorityForm = wire.PriorityForm_Deserialize;
export type PromiseForm = wire.PromiseForm_Deserialize;
export type RecordAgreementRequest = wire.RecordAgreementRequest_Deserialize;
export type SavePlanRequest = wire.SavePlanRequest_Deserialize;
export type SearchRequest = wire.SearchRequest_Deserialize;
export type StudioDebtForm = wire.StudioDebtForm_Deserialize;
export type StudioRequest = wire.StudioRequest_Deserialize;
export type SaveOffersRequest = wire.SaveOffersRequest_Deserialize;
export type AddDeadlineRequest = wire.AddDeadlineRequest_Deserialize;
export type FinishReviewRequest = wire.FinishReviewRequest_Deserialize;
export type MatchPaymentRequest = wire.MatchPaymentRequest_Deserialize;
export type ReturnPaymentRequest = wire.ReturnPaymentRequest_Deserialize;
export type SettleDeadlineRequest = wire.SettleDeadlineRequest_Deserialize;
export type ReminderSettings = wire.ReminderSettings_Deserialize;

// What we are told.
export type AgreementListView = wire.AgreementListView_Serialize;
export type AgreementView = wire.AgreementView_Serialize;
export type AppError = wire.AppError_Serialize;
export type AppStatus = wire.AppStatus_Serialize;
export type BackupStateView = wire.BackupStateView_Serialize;
export type CapacityView = wire.CapacityView_Serialize;
export type ContactCard = wire.ContactCard_Serialize;
export type ContactDetailView = wire.ContactDetailView_Serialize;
export type ContactListView = wire.ContactListView_Serialize;
export type ContractView = wire.ContractView_Serialize;
export type CostPart = wire.CostPart_Serialize;
export type CostView = wire.CostView_Serialize;
export type EvidenceReport = wire.EvidenceReport_Serialize;
export type FileReport = wire.FileReport_Serialize;
export type FoundContact = wire.FoundContact_Serialize;
export type HomeView = wire.HomeView_Serialize;
export type LoanCard = wire.LoanCard_Serialize;
export type LoanDetailView = wire.LoanDetailView_Serialize;
export type LoanFormView = wire.LoanFormView_Serialize;
export type LoanListView = wire.LoanListView_Serialize;
export type LoanPreview = wire.LoanPreview_Serialize;
export type LoanStep = wire.LoanStep_Serialize;
export type MonthView = wire.MonthView_Serialize;
export type NextStep = wire.NextStep_Serialize;
export type OfferView = wire.OfferView_Serialize;
export type OffersView = wire.OffersView_Serialize;
export type OpenRequested = wire.OpenRequested_Serialize;
export type OverdueView = wire.OverdueView_Serialize;
export type PartyView = wire.PartyView_Serialize;
export type PaymentListView = wire.PaymentListView_Serialize;
export type PaymentSuggestion = wire.PaymentSuggestion_Serialize;
export type PaymentView = wire.PaymentView_Serialize;
export type PenaltyView = wire.PenaltyView_Serialize;
export type ProposalListView = wire.ProposalListView_Serialize;
export type ProposalView = wire.ProposalView_Serialize;
export type AgreementCheckView = wire.AgreementCheckView_Serialize;
export type CaseCard = wire.CaseCard_Serialize;
export type CaseMoment = wire.CaseMoment_Serialize;
export type OfferDiffView = wire.OfferDiffView_Serialize;
export type OfferEffectView = wire.OfferEffectView_Serialize;
export type PartyPlaceView = wire.PartyPlaceView_Serialize;
export type PointView = wire.PointView_Serialize;
export type TermChangeView = wire.TermChangeView_Serialize;
export type ReminderListView = wire.ReminderListView_Serialize;
export type ReminderView = wire.ReminderView_Serialize;
export type SearchView = wire.SearchView_Serialize;
export type StatementView = wire.StatementView_Serialize;
export type PlanLine = wire.PlanLine_Serialize;
export type PlanObstacle = wire.PlanObstacle_Serialize;
export type StudioDebt = wire.StudioDebt_Serialize;
export type StudioPlan = wire.StudioPlan_Serialize;
export type StudioView = wire.StudioView_Serialize;
export type DeadlineListView = wire.DeadlineListView_Serialize;
export type DeadlineView = wire.DeadlineView_Serialize;
export type ReminderLegs = wire.ReminderLegs_Serialize;
export type ReviewChange = wire.ReviewChange_Serialize;
export type ReviewView = wire.ReviewView_Serialize;
