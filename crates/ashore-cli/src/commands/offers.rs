use ashore_app::AppError;
use ashore_app::plans::{SavePlanRequest, StudioRequest};
use ashore_app::words::PlanObjective;
use clap::{Args, Subcommand, ValueEnum};

use serde_json::{Map, Value};

use super::{Answer, shown};
use crate::data::{Data, read_text};
use crate::globals::Globals;

/// What can be paid.
#[derive(Debug, Subcommand)]
pub(crate) enum CapacityCommand {
    /// State income and expenses.
    Set(Data),
    /// The worksheet as last stated, and what it leaves.
    Show,
}

/// What to ask each lender for.
#[derive(Debug, Subcommand)]
pub(crate) enum PlanCommand {
    /// All five plans side by side under these limits, or the one of an objective; nothing is stored.
    Run(Limits),
    /// Keep the plan of an objective as one request per lender; the contracts go on.
    Save {
        #[command(flatten)]
        limits: Limits,
        /// In words.
        #[arg(long)]
        note: Option<String>,
    },
}

/// What may be asked for. Every option may also stand in the JSON of `--data`, where each loan can have limits of its
/// own; an option given here goes before it.
#[derive(Debug, Args)]
pub(crate) struct Limits {
    /// Which plan.
    #[arg(long, value_enum)]
    objective: Option<Objective>,
    /// Yuan a month; the worksheet's capacity month by month when absent.
    #[arg(long, value_name = "AMOUNT")]
    monthly: Option<String>,
    /// Money already set aside.
    #[arg(long, value_name = "AMOUNT")]
    cash_now: Option<String>,
    /// Most instalments to ask for.
    #[arg(long, value_name = "N")]
    terms_max: Option<u16>,
    /// Most months to ask for before the first instalment.
    #[arg(long, value_name = "N")]
    grace_max: Option<u16>,
    /// Ask every lender to give up penalties and late fees.
    #[arg(long)]
    waive_penalties: bool,
    /// The studio's settings as JSON: a file, or `-` for standard input.
    #[arg(long, value_name = "FILE")]
    data: Option<String>,
}

/// What a plan should be best at.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Objective {
    /// Over soonest, then least paid.
    Soonest,
    /// The lightest heaviest month.
    Lightest,
    /// The same grace and terms for every lender.
    ProRata,
    /// Fewest lenders asked.
    FewestAsks,
    /// Least paid.
    Cheapest,
}

impl From<Objective> for PlanObjective {
    fn from(objective: Objective) -> Self {
        match objective {
            Objective::Soonest => Self::Soonest,
            Objective::Lightest => Self::Lightest,
            Objective::ProRata => Self::ProRata,
            Objective::FewestAsks => Self::FewestAsks,
            Objective::Cheapest => Self::Cheapest,
        }
    }
}

impl Limits {
    /// The studio's settings, and the objective if one was named.
    fn read(self) -> Result<(StudioRequest, Option<PlanObjective>), AppError> {
        // The same JSON serves `run` and `save`: the studio's settings, with the objective beside them or around them.
        let (mut studio, mut objective) = (StudioRequest::default(), None);
        if let Some(source) = &self.data {
            let mut given: Map<String, Value> = Data::from_source(source).read()?;
            objective = given.remove("objective").map(|word| read_text(&word.to_string())).transpose()?;
            let inner = given.remove("studio").unwrap_or_else(|| Value::Object(given));
            studio = read_text(&inner.to_string())?;
        }
        studio.monthly = self.monthly.or(studio.monthly);
        studio.cash_now = self.cash_now.or(studio.cash_now);
        studio.terms_max = self.terms_max.or(studio.terms_max);
        studio.grace_max = self.grace_max.or(studio.grace_max);
        studio.waive_penalties |= self.waive_penalties;
        Ok((studio, self.objective.map(Into::into).or(objective)))
    }
}

pub(crate) fn capacity(globals: &Globals, command: CapacityCommand) -> Result<Answer, AppError> {
    match command {
        CapacityCommand::Set(data) => {
            let form = data.read()?;
            shown(&globals.unlocked()?.set_capacity(&form)?)
        }
        CapacityCommand::Show => shown(&globals.unlocked()?.capacity()?),
    }
}

pub(crate) fn plan(globals: &Globals, command: PlanCommand) -> Result<Answer, AppError> {
    match command {
        PlanCommand::Run(limits) => {
            let (studio, objective) = limits.read()?;
            let mut view = globals.unlocked()?.plan_studio(&studio)?;
            if let Some(objective) = objective {
                view.plans.retain(|plan| plan.objective == objective);
            }
            shown(&view)
        }
        PlanCommand::Save { limits, note } => {
            let (studio, objective) = limits.read()?;
            let request =
                SavePlanRequest { studio, objective: objective.unwrap_or(PlanObjective::Soonest), note };
            shown(&globals.unlocked()?.save_plan(&request)?)
        }
    }
}
