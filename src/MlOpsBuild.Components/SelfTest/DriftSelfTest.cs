using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Components.SelfTest;

/// <summary>Draws samples from the rows of a pipeline again and again, and counts how often each rule says that a column moved.</summary>
/// <param name="table">The rows.</param>
/// <param name="runs">Samples per scenario.</param>
/// <param name="seed">Seed of the draws.</param>
internal sealed class DriftSelfTest(DataTable table, int runs, ulong seed)
{
    private readonly List<string> _columns = [.. table.Contract.Columns
        .Where(column => column is { PersonalData: false, Role: not ColumnRole.Identifier, Timestamp: null, Rule.Kind: FieldKind.Real
            or FieldKind.Whole or FieldKind.Category or FieldKind.Flag })
        .Select(column => column.Name).Where(column => !table.Columns[column].Any(double.IsNaN))];

    private readonly List<int[]> _days = table.Times.Count == 0
        ? []
        : [.. Enumerable.Range(0, table.Rows).GroupBy(row => table.Times[row].Date).Select(day => day.ToArray())];

    /// <summary>Columns that are drawn.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The share of columns that each rule says moved, by scenario.</summary>
    public IReadOnlyList<(DriftScenario Scenario, IReadOnlyList<double> Shares)> Run(
        IProgress<string> progress, CancellationToken cancellationToken)
    {
        var results = new List<(DriftScenario, IReadOnlyList<double>)>();
        foreach (var scenario in DriftScenario.All.Where(
            scenario => scenario.Before + scenario.Now <= (scenario.ByDay ? _days.Count : table.Rows)))
        {
            progress.Report(scenario.Name);
            results.Add((scenario, Run(scenario, cancellationToken)));
        }

        return results;
    }

    private double[] Run(DriftScenario scenario, CancellationToken cancellationToken)
    {
        var (random, moved, tests) = (new SplitMix64(seed), new int[DriftRule.All.Count], 0);
        for (var run = 0; run < runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (before, now) = Draw(scenario, random);
            foreach (var column in _columns)
            {
                var values = table.Columns[column];
                if (scenario.Change != null && values.Distinct().Take(3).Count() < 3)
                {
                    continue;
                }

                double[] drawn = [.. now.Select(row => values[row])];
                var sample = new DriftSample(
                    [.. before.Select(row => values[row])], Times(scenario, before), scenario.Change?.Invoke(values, drawn) ?? drawn,
                    Times(scenario, now));
                tests++;
                foreach (var (at, rule) in DriftRule.All.Index())
                {
                    moved[at] += rule.Moved(sample) ? 1 : 0;
                }
            }
        }

        return [.. moved.Select(count => (double)count / tests)];
    }

    private List<DateTime> Times(DriftScenario scenario, List<int> rows) => scenario.ByDay ? [.. rows.Select(row => table.Times[row])] : [];

    private (List<int> Before, List<int> Now) Draw(DriftScenario scenario, SplitMix64 random)
    {
        if (!scenario.ByDay)
        {
            var rows = Drawn(table.Rows, scenario.Before + scenario.Now, random);
            return (rows[..scenario.Before], rows[scenario.Before..]);
        }

        var days = Drawn(_days.Count, scenario.Before + scenario.Now, random);
        return (
            [.. days[..scenario.Before].SelectMany(day => _days[day]).Order()],
            [.. days[scenario.Before..].SelectMany(day => _days[day]).Order()]);
    }

    // The first ones of a shuffle (Fisher and Yates).
    private static List<int> Drawn(int count, int most, SplitMix64 random)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        for (var at = 0; at < most; at++)
        {
            var other = at + random.NextInt(count - at);
            (all[at], all[other]) = (all[other], all[at]);
        }

        return [.. all[..most]];
    }
}
