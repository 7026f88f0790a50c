/** Field for field as the façade has them, until the generated file arrives. */
import type { EvidenceReport, Result } from "./types";

export type EvidenceKind =
  | "call" | "sms" | "email" | "im_chat" | "in_app_chat" | "payment_receipt" | "contract" | "agreement" | "screenshot"
  | "screen_video" | "letter" | "visit_note" | "court_doc" | "credit_report" | "note";
export type Direction = "incoming" | "outgoing" | "none";
export type Precision = "second" | "minute" | "day";
export type TimeSource = "device" | "carrier" | "user";
export type PersonRole = "user" | "lender_staff" | "collector" | "platform" | "mediator" | "third_party";
export type OutcomeKind = "offer" | "amount" | "date" | "refusal" | "threat" | "promise" | "third_party_contacted" | "information" | "nothing";
export type ConfirmationForm = "oral" | "written";
export type CallStatus = "answered" | "missed" | "rejected";
export type AgreedForm = "signed_contract" | "stamped_letter" | "email" | "sms" | "in_app" | "recorded_call";
export type Side = "borrower" | "lender";
export type ExpenseClass = "essential" | "flexible" | "irregular";
export type Certainty = "fixed" | "variable" | "one_off";
export type AssetUse = "could_sell" | "must_keep";
export type ReminderStage = "three_days_before" | "day_before" | "on_the_day" | "day_after";
export type Every = "month" | "week" | "biweek" | "year" | "once";
export type ProposalState = "requested" | "replaced" | "agreed" | "expired";
export type AgreementRowState = "paid" | "partly_paid" | "overdue" | "waiting";

export interface PersonForm { role: PersonRole; name?: string | null; organisation?: string | null; staff_no?: string | null; phone?: string | null; email?: string | null; handle?: string | null }
export interface OutcomeForm { kind: OutcomeKind; amount?: string | null; terms?: number | null; on?: string | null; text?: string | null }
export interface PromiseForm { by: PersonRole; what: string; due?: string | null }
export type DetailsForm =
  | { kind: "call"; number?: string | null; own_number?: string | null; sim?: string | null; duration_s?: number | null; status: CallStatus; transcript?: string | null }
  | { kind: "sms"; address?: string | null; smsc?: string | null; sent?: string | null; received?: string | null; sim?: string | null; thread?: string | null; body: string }
  | { kind: "email"; message_id?: string | null; from?: string | null; to?: string[]; cc?: string[]; date_header?: string | null; received_chain?: string[]; authentication?: string | null; subject?: string | null; body: string }
  | { kind: "im_chat"; app?: string | null; accounts?: string[]; group?: string | null; body: string }
  | { kind: "in_app_chat"; platform?: string | null; ticket_no?: string | null; agent_no?: string | null; body: string }
  | { kind: "payment_receipt"; channel?: string | null; amount?: string | null; payer?: string | null; payee?: string | null; account_tail?: string | null; transaction_no?: string | null; remark?: string | null }
  | { kind: "contract"; number?: string | null; parties?: string[]; signed_on?: string | null; signing_provider?: string | null; certificate?: string | null; pages?: number | null; annexes?: string[]; fee_clauses?: string[] }
  | { kind: "agreement"; number?: string | null; parties?: string[]; signed_on?: string | null; signing_provider?: string | null; certificate?: string | null; pages?: number | null }
  | { kind: "screenshot"; device?: string | null; clock_visible?: boolean | null; app_version?: string | null }
  | { kind: "screen_video"; device?: string | null; clock_visible?: boolean | null; app_version?: string | null }
  | { kind: "letter"; sender?: string | null; tracking_no?: string | null; postmark?: string | null; delivery_proof?: string | null }
  | { kind: "visit_note"; place?: string | null; plate?: string | null; witnesses?: string[]; body: string }
  | { kind: "court_doc"; court?: string | null; case_no?: string | null; received_on?: string | null }
  | { kind: "credit_report"; report_no?: string | null; report_date?: string | null; version?: string | null }
  | { kind: "note"; body: string };
export interface LogContactRequest {
  loan_ids?: string[]; at?: string | null; precision?: Precision | null; time_source?: TimeSource | null; direction: Direction; people?: PersonForm[];
  summary: string; outcomes?: OutcomeForm[]; promises?: PromiseForm[]; tags?: string[]; confirmation?: ConfirmationForm | null; details: DetailsForm;
  files?: string[]; proposal_ids?: string[]; agreement_ids?: string[]; corrects?: string | null;
}
export interface StagedFileView { handle: string; name: string; mime: string; bytes: string; sha256: string }
export interface LoanName { id: string; name: string }
export interface ContactCard {
  id: string; kind: EvidenceKind; at: string; direction: Direction; summary: string; person: PersonForm | null; loans: LoanName[]; outcomes: OutcomeForm[];
  confirmation: ConfirmationForm | null; call_status: CallStatus | null; duration_s: number | null; files: number; corrected: boolean; seq: string;
}
export interface ContactListView { contacts: ContactCard[]; loans: LoanName[] }
export interface ListContactsRequest { loan_id?: string | null; kind?: EvidenceKind | null; limit?: number | null }
export interface FileView { id: string; name: string; mime: string; bytes: string; sha256: string; original: boolean }
export interface ContactDetailView {
  id: string; kind: EvidenceKind; at: string; precision: Precision; time_source: TimeSource; recorded_at: string; direction: Direction; summary: string;
  people: PersonForm[]; loans: LoanName[]; outcomes: OutcomeForm[]; promises: PromiseForm[]; tags: string[]; confirmation: ConfirmationForm | null;
  details: DetailsForm; files: FileView[]; corrects: string | null; corrected_by: string | null; seq: string; chain: string;
}
export interface IncomeForm { name: string; amount: string; every?: Every; on?: string | null; certainty: Certainty }
export interface ExpenseForm { name: string; class: ExpenseClass; amount: string; every?: Every; on?: string | null }
export interface PriorityForm { name: string; amount: string; every?: Every }
export interface DependantForm { relation: string; age?: number | null }
export interface AssetForm { name: string; value: string; use: AssetUse }
export interface CapacityForm { income?: IncomeForm[]; expenses?: ExpenseForm[]; priority?: PriorityForm[]; buffer?: string | null; dependants?: DependantForm[]; assets?: AssetForm[] }
export interface CapacityLineTotals { income: string; essential: string; other: string; priority: string; buffer: string }
export interface CapacityView {
  form: CapacityForm; as_of: string | null; status: string; totals: CapacityLineTotals; capacity: string; surplus: string; contract_payments: string;
  short: string | null; by_month: { month: string; capacity: string }[]; findings: string[];
}
export interface PreviewOffersRequest { monthly?: string | null; loan_ids?: string[] }
export interface OfferView {
  loan_id: string; name: string; lender: string | null; owed: string; monthly: string; terms: number; last: string; first_due: string | null; last_due: string | null;
  contract_due: string | null; contract_amount: string | null;
}
export interface OfferMonthView { month: string; requested: string; contract: string; remaining: string }
export interface OffersView { monthly: string; agreed_monthly: string; owed: string; months: number | null; last_month: string | null; offers: OfferView[]; by_month: OfferMonthView[] }
export interface SaveOffersRequest { offers?: PreviewOffersRequest; expires_on?: string | null; note?: string | null }
export interface BucketsView { principal: string; interest: string; penalty: string; compound: string; late_fee: string; fees: string; enforcement_cost: string; total: string }
export interface ProposalView {
  id: string; loan_id: string; loan_name: string; by: Side; made_at: string; state: ProposalState; terms: number; monthly: string; last: string | null; total: string;
  first_due: string | null; last_due: string | null; waived: BucketsView; expires_on: string | null; note: string | null; contract_due: string | null; contract_amount: string | null;
}
export interface ProposalListView { proposals: ProposalView[] }
export interface RecordAgreementRequest {
  loan_id: string; proposal_id?: string | null; agreed_on?: string | null; effective_from?: string | null; form: AgreedForm; payment?: string | null; terms?: string | null;
  first_due?: string | null; last_payment?: string | null; creditor?: string | null; payment_account?: string | null; evidence_ids?: string[]; note?: string | null;
}
export interface AgreementRow { term: number; due: string; amount: string; unpaid: string; state: AgreementRowState }
export interface AgreementView {
  id: string; loan_id: string; loan_name: string; proposal_id: string | null; agreed_on: string; effective_from: string; form: AgreedForm; creditor: string | null;
  payment_account: string | null; evidence_ids: string[]; note: string | null; superseded: boolean; total: string; paid: string; unpaid: string; rows: AgreementRow[]; next: AgreementRow | null;
}
export interface AgreementListView { agreements: AgreementView[] }
export interface ReminderView { loan_id: string; loan_name: string; term: number; due: string; amount: string; agreed: boolean; stage: ReminderStage; at: string; shown_at: string | null }
export interface ReminderListView { reminders: ReminderView[] }

export interface ContactCommands {
  listContacts(request: ListContactsRequest): Promise<Result<ContactListView>>;
  contact(recordId: string): Promise<Result<ContactDetailView>>;
  logContact(request: LogContactRequest): Promise<Result<ContactDetailView>>;
  chooseFile(): Promise<Result<StagedFileView | null>>;
  saveAttachment(attachmentId: string, name: string): Promise<Result<boolean>>;
  verifyEvidence(): Promise<Result<EvidenceReport>>;
}
export interface PlanCommands {
  capacity(): Promise<Result<CapacityView | null>>;
  previewCapacity(form: CapacityForm): Promise<Result<CapacityView>>;
  setCapacity(form: CapacityForm): Promise<Result<CapacityView>>;
  previewOffers(request: PreviewOffersRequest): Promise<Result<OffersView>>;
  saveOffers(request: SaveOffersRequest): Promise<Result<ProposalListView>>;
  listProposals(loanId: string | null): Promise<Result<ProposalListView>>;
  recordAgreement(request: RecordAgreementRequest): Promise<Result<AgreementView>>;
  agreement(agreementId: string): Promise<Result<AgreementView>>;
  listAgreements(loanId: string | null): Promise<Result<AgreementListView>>;
  listReminders(from: string | null, to: string | null): Promise<Result<ReminderListView>>;
}
