using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Differences;

/// <summary>How data differ from the data they are compared with; personal data are left out.</summary>
/// <param name="ReferenceRows">Rows before.</param>
/// <param name="Rows">Rows now.</param>
/// <param name="Contract">What changed in the contract, one line each.</param>
/// <param name="Columns">How far each column moved, farthest first.</param>
/// <param name="NotCompared">Columns of both that cannot be compared: other categories, no rows, or a profile from
/// before bins were kept.</param>
public sealed record DataDifference(
    int ReferenceRows, int Rows, IReadOnlyList<string> Contract, IReadOnlyList<ColumnDrift> Columns, IReadOnlyList<string> NotCompared)
{
    /// <summary>The difference between two data sets.</summary>
    /// <param name="reference">What they are compared with.</param>
    /// <param name="current">What they are now.</param>
    /// <param name="policy">What counts as drift; the usual when left out.</param>
    public static DataDifference Between(
        (DataProfile Profile, DataContract Contract) reference, (DataProfile Profile, DataContract Contract) current,
        DriftPolicy? policy = null)
    {
        var personal = Personal(reference.Contract, current.Contract);
        var columns = (
            from now in current.Profile.Columns
            join then in reference.Profile.Columns on now.Name equals then.Name
            where !personal.Contains(now.Name)
                && current.Contract.Columns.FirstOrDefault(column => column.Name == now.Name)?.IsNewInEveryRow != true
            select (
                Then: then, Now: now,
                Compared: current.Contract.HasCategoriesOf(reference.Contract, now.Name) ? Compared(then, now) : null))
                .ToList();
        var verdicts = DriftTest.Judge([.. columns.Select(column => column.Compared).OfType<ComparedColumn>()], policy ?? new());
        return new(
            reference.Profile.Rows,
            current.Profile.Rows,
            [.. ContractChanges.Between(reference.Contract, current.Contract)
                .Where(change => !personal.Contains(change.Column))
                .Select(change => change.Text)],
                [.. from verdict in verdicts
                    let column = columns.First(column => column.Now.Name == verdict.Column)
                    let isCategory = current.Contract.CategoriesOf(verdict.Column).Count > 0
                    orderby verdict.Index descending, verdict.Column
                    select new ColumnDrift(
                        verdict.Column, verdict.Index, verdict.ByChance, isCategory ? double.NaN : column.Then.Mean,
                        isCategory ? double.NaN : column.Now.Mean, Missing(column.Then), Missing(column.Now), verdict.Verdict)],
            [.. columns.Where(column => column.Compared == null).Select(column => column.Now.Name)]);
    }

    // The bins of the reference; how many blocks there are now is what the profile's own bins say.
    private static ComparedColumn? Compared(ColumnProfile then, ColumnProfile now)
    {
        if (then.Bins is not { } bins || now.Distribution is not { } values || now.Bins is not { } own || then.Count + then.Missing == 0
            || now.Count + now.Missing == 0)
        {
            return null;
        }

        List<int> below = [.. bins.Edges.Select(values.AtMost), values.Total];
        int[] counts = [.. below.Select((count, bin) => count - (bin == 0 ? 0 : below[bin - 1])), now.Missing];
        var (blocks, rows) = (own.Periods.Sum(period => period.Blocks), (double)(now.Count + now.Missing));
        return new(now.Name, bins, bins.Periods, [new("", blocks, own.Periods.Sum(period => period.SquaredSizes), counts)
        {
            // At least as many, as if whole blocks were beyond.
            BlocksBelow = (int)Math.Ceiling(counts[0] * blocks / rows), BlocksAbove = (int)Math.Ceiling(counts[^2] * blocks / rows),
        }]);
    }

    private static double Missing(ColumnProfile column) => (double)column.Missing / Math.Max(1, column.Count + column.Missing);

    // What was personal once stays so.
    internal static HashSet<string> Personal(params DataContract[] contracts) =>
        [.. contracts.SelectMany(contract => contract.Personal)];
}
