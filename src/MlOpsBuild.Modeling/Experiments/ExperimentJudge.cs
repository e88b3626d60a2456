using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Statistics;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>
/// Judges an A/B test by the units that it was given, and knows nothing of traffic. The split comes first: where units are missing, nobody
/// knows which, and no difference is told. A test with a fixed horizon tells nothing of the difference before it, and always the same
/// after it; one that is valid at any look counts units whose time is over, so that none changes later.
/// </summary>
/// <param name="policy">What it measures.</param>
/// <param name="plan">What was told before it began.</param>
public sealed class ExperimentJudge(ExperimentPolicy policy, ExperimentPlan plan)
{
    /// <summary>Units of each arm below which nothing is told: a variance of fewer is not known.</summary>
    public const int LeastOfAnArm = 100;

    private bool IsFixed => policy.Design == ExperimentDesign.FixedHorizon;

    /// <summary>Looks at it.</summary>
    /// <param name="at">When.</param>
    /// <param name="units">All units so far, in the order in which they came.</param>
    public ExperimentLook Look(DateTimeOffset at, IReadOnlyList<ExperimentUnit> units)
    {
        var counted = IsFixed ? [.. units.Take(plan.Units)] : units;
        List<ExperimentUnit> complete = [.. counted.Where(unit => unit.Complete)];
        var ended = IsFixed && complete.Count >= plan.Units;
        var treated = counted.Count(unit => unit.Treated);
        var ratio = ExperimentRatio.Of(counted.Count - treated, treated, policy.Share);
        var look = new ExperimentLook(at, ratio, complete.Count, plan.Units, ExperimentVerdict.Running, "");
        if (ratio.IsBroken(onlyLook: ended))
        {
            return look with
            {
                Verdict = ExperimentVerdict.Broken,
                Reason = Text($"{ratio.Treatment:N0} of {counted.Count:N0} units have the version on test, not {policy.Percent:0.##} % (χ² p = {ratio.Probability:G2}, e = {ratio.Evidence:G3}): units are missing, and nothing can be said of the difference"),
            };
        }

        if (IsFixed && !ended)
        {
            return look with { Reason = Text($"{complete.Count:N0} of {plan.Units:N0} units are complete; nothing is told before the horizon") };
        }

        var (control, treatment) = ArmValues.Of(policy, complete);
        return control.Values.Length < LeastOfAnArm || treatment.Values.Length < LeastOfAnArm
            ? look with
            {
                Verdict = ended ? ExperimentVerdict.CannotTell : ExperimentVerdict.Running,
                Reason = Text($"{control.Values.Length:N0} and {treatment.Values.Length:N0} units are complete; nothing is told below {LeastOfAnArm} of each"),
            }
            : Judged(look, control, treatment);
    }

    private ExperimentLook Judged(ExperimentLook look, ArmValues control, ArmValues treatment)
    {
        var cuped = policy.Before == null ? Cuped.None
            : Cuped.Of((control.Values, control.Before), (treatment.Values, treatment.Before));
        var difference = MeanDifference.Of(
            cuped.Adjust(control.Values, control.Before), cuped.Adjust(treatment.Values, treatment.Before));
        if (difference.CautiousVariance == 0)
        {
            return look with
            {
                Verdict = IsFixed ? ExperimentVerdict.CannotTell : ExperimentVerdict.Running,
                Reason = Text($"{policy.Name} is {difference.First:G4} of every unit: nothing varies, and nothing can be told"),
            };
        }

        var (interval, evidence) = IsFixed ? (difference.At(policy.Alpha), (double?)null) : AtAnyLook(difference);
        var verdict = Verdict(interval);
        return look with
        {
            Verdict = verdict,
            Reason = Reason(look, verdict, difference.Value, interval),
            Estimate = new(
                control.Values.Average(), treatment.Values.Average(), difference.Value, interval, cuped.VarianceLeft)
            {
                Evidence = evidence,
            },
        };
    }

    private (Interval Interval, double? Evidence) AtAnyLook(MeanDifference difference)
    {
        var variance = difference.CautiousVariance;
        var residual = plan.Deviation * plan.Deviation * (1 - (plan.Correlation * plan.Correlation));
        var mixture = NormalMixture.TightestAt(
            1 / new SampleSize(residual, policy.Share, policy.Power).VarianceWith(plan.Units), policy.Alpha);
        var half = mixture.HalfWidth(variance, policy.Alpha);
        return (
            new(difference.Value - half, difference.Value + half, 1 - policy.Alpha),
            EValue.Of(mixture.LogEvidence(difference.Value / variance, 1 / variance)));
    }

    private ExperimentVerdict Verdict(Interval interval)
    {
        var (lower, upper) = policy.Direction == Direction.HigherIsBetter
            ? (interval.Lower, interval.Upper)
            : (-interval.Upper, -interval.Lower);
        return lower > 0 ? ExperimentVerdict.Better
            : upper < 0 ? ExperimentVerdict.Worse
            : lower > -plan.Margin && upper < plan.Margin ? ExperimentVerdict.Same
            : ExperimentVerdict.CannotTell;
    }

    private string Reason(ExperimentLook look, ExperimentVerdict verdict, double difference, Interval interval)
    {
        var found = Text($"{policy.Name} differs by {difference:+0.####;-0.####;0} [{interval.Lower:G4}, {interval.Upper:G4}]");
        return verdict switch
        {
            ExperimentVerdict.Better => $"{found}: better",
            ExperimentVerdict.Worse => $"{found}: worse",
            ExperimentVerdict.Same => Text($"{found}: the same within ±{plan.Margin:G3}"),
            _ => found + (IsFixed || look.Complete >= plan.Units
                ? Text($": cannot tell from the {look.Complete:N0} units that it was made for")
                : Text($": cannot tell yet, {look.Complete:N0} of {plan.Units:N0} units")),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
