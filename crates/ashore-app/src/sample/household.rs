use ashore_domain::{
    Asset, AssetUse, Certainty, Dependant, Expense, ExpenseClass, Fact, Frequency, Income, Money, Worksheet,
};

use super::Story;
use crate::AppError;

/// What the household earns and needs: ¥2,593.00 a month are left for the loans.
pub(super) fn tell(story: &mut Story) -> Result<(), AppError> {
    let income = [("我的工资", 7_400, Certainty::Fixed), ("配偶零工", 3_200, Certainty::Variable)];
    let expenses = [
        ("房租", 2_300, ExpenseClass::Essential),
        ("吃饭", 2_100, ExpenseClass::Essential),
        ("孩子", 980, ExpenseClass::Essential),
        ("赡养老人", 600, ExpenseClass::Essential),
        ("医药", 360, ExpenseClass::Essential),
        ("水电、交通、通讯", 730, ExpenseClass::Essential),
        ("其他支出", 230, ExpenseClass::Flexible),
    ];
    story.facts.push(Fact::Capacity(Worksheet {
        as_of: Some(story.now.date_naive()),
        income: income
            .map(|(name, yuan, certainty)| Income {
                name: name.to_owned(),
                amount: Money::from_yuan(yuan),
                every: Frequency::Month,
                certainty,
            })
            .to_vec(),
        expenses: expenses
            .map(|(name, yuan, class)| Expense {
                name: name.to_owned(),
                class,
                amount: Money::from_yuan(yuan),
                every: Frequency::Month,
            })
            .to_vec(),
        dependants: vec![
            Dependant { relation: "孩子".to_owned(), age: Some(7) },
            Dependant { relation: "母亲".to_owned(), age: Some(66) },
        ],
        assets: vec![
            Asset {
                name: "代步电动车".to_owned(),
                value: Money::from_yuan(1_800),
                r#use: AssetUse::MustKeep,
            },
            Asset {
                name: "旧相机".to_owned(), value: Money::from_yuan(2_600), r#use: AssetUse::CouldSell
            },
        ],
        ..Worksheet::default()
    }));
    Ok(())
}
