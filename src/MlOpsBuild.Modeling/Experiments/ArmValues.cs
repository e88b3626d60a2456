namespace MlOpsBuild.Modeling.Experiments;

/// <summary>
/// What each unit of an arm counts for, as numbers whose mean is the arm's metric and whose variance is that of a unit. A ratio of sums
/// N/D is made so by the delta method (Deng, Knoblich and Lu 2018, "Applying the delta method in metric analytics"): with R = ΣN/ΣD each
/// unit counts for R + (N − R·D) / D̄, whose mean is R and whose variance over the number of units is that of R.
/// </summary>
/// <param name="Values">In the time that counts.</param>
/// <param name="Before">What was known of the unit before.</param>
internal sealed record ArmValues(double[] Values, double[] Before)
{
    /// <summary>Both arms.</summary>
    public static (ArmValues Control, ArmValues Treatment) Of(ExperimentPolicy policy, IReadOnlyList<ExperimentUnit> units)
    {
        // Before the test both arms were one: its ratio is that of all.
        var before = policy.Quantity == ExperimentQuantity.Ratio
            ? Linear([.. units.Select(unit => unit.Before)], [.. units.Select(unit => unit.PerBefore)])
            : [.. units.Select(unit => Value(policy, unit.Before))];
        return (Arm(false), Arm(true));

        ArmValues Arm(bool treated)
        {
            int[] own = [.. Enumerable.Range(0, units.Count).Where(at => units[at].Treated == treated)];
            return new(
                policy.Quantity == ExperimentQuantity.Ratio
                    ? Linear([.. own.Select(at => units[at].Value)], [.. own.Select(at => units[at].Per)])
                    : [.. own.Select(at => Value(policy, units[at].Value))],
                [.. own.Select(at => before[at])]);
        }
    }

    private static double Value(ExperimentPolicy policy, double sum) =>
        policy.Quantity == ExperimentQuantity.Conversion ? sum != 0 ? 1 : 0 : Math.Min(sum, policy.Cap ?? double.MaxValue);

    private static double[] Linear(double[] sums, double[] per)
    {
        var (sum, divisor) = (sums.Sum(), per.Sum());
        if (divisor == 0)
        {
            return new double[sums.Length];
        }

        var (ratio, mean) = (sum / divisor, divisor / per.Length);
        return [.. sums.Zip(per, (value, by) => ratio + ((value - (ratio * by)) / mean))];
    }
}
