using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Minimum functionality: of rows that anybody could judge the model says what anybody would.</summary>
/// <param name="name">The claim.</param>
/// <param name="isAbout">Which rows it is about.</param>
/// <param name="holds">What must hold of what is predicted of them.</param>
/// <param name="atLeast">The share of those rows that must hold it.</param>
/// <param name="key">What the two conditions depend on.</param>
internal sealed class ExpectedRows(string name, Func<LabelledRow, bool> isAbout, Func<double, bool> holds, double atLeast, string key)
    : BehaviourTest(name, FormattableString.Invariant($"expect {name} {atLeast} {key}"))
{
    internal override CheckOutcome Judge(BehaviourRows rows)
    {
        var outcome = new BehaviourOutcome(Name, atLeast, rows.Hidden);
        foreach (var row in rows.All.Where(isAbout))
        {
            outcome.Add(row, holds(row.Prediction.Value), BehaviourOutcome.Text(row.Prediction));
        }

        return outcome.Of();
    }
}
