using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Differences;

/// <summary>How data differ from the data they are compared with; personal data are left out.</summary>
/// <param name="ReferenceRows">Rows before.</param>
/// <param name="Rows">Rows now.</param>
/// <param name="Contract">What changed in the contract, one line each.</param>
/// <param name="Columns">How far each column moved, farthest first; columns that cannot be compared are left out.</param>
public sealed record DataDifference(int ReferenceRows, int Rows, IReadOnlyList<string> Contract, IReadOnlyList<ColumnDrift> Columns)
{
    /// <summary>The difference between two data sets.</summary>
    /// <param name="reference">What they are compared with.</param>
    /// <param name="current">What they are now.</param>
    public static DataDifference Between((DataProfile Profile, DataContract Contract) reference, (DataProfile Profile, DataContract Contract) current) => new(
        reference.Profile.Rows,
        current.Profile.Rows,
        [.. Changes(reference.Contract, current.Contract)],
        [.. Drifts(reference, current).OrderByDescending(drift => drift.Index).ThenBy(drift => drift.Column, StringComparer.Ordinal)]);

    private static IEnumerable<ColumnDrift> Drifts((DataProfile Profile, DataContract Contract) reference, (DataProfile Profile, DataContract Contract) current)
    {
        var personal = Personal(reference.Contract, current.Contract);
        foreach (var now in current.Profile.Columns.Where(column => !personal.Contains(column.Name) && !Grows(current.Contract, column.Name) && SameCategories(reference.Contract, current.Contract, column.Name)))
        {
            if (reference.Profile.Columns.FirstOrDefault(column => column.Name == now.Name) is { } then && PopulationStability.Of(then, now) is var (index, byChance))
            {
                yield return new(now.Name, index, byChance, then.Mean, now.Mean, Missing(then), Missing(now));
            }
        }
    }

    // Names and dates of rows are new in new data; that is no drift.
    private static bool Grows(DataContract contract, string name) =>
        contract.Columns.FirstOrDefault(column => column.Name == name) is { Role: ColumnRole.Identifier } or { Rule.Kind: FieldKind.Date };

    // Categories are counted by their place in the list; with another list the places mean something else.
    private static bool SameCategories(DataContract reference, DataContract current, string name) => CategoriesOf(reference, name).SequenceEqual(CategoriesOf(current, name));

    private static IReadOnlyList<string> CategoriesOf(DataContract contract, string name) => contract.Columns.FirstOrDefault(column => column.Name == name)?.Rule.Categories ?? [];

    private static double Missing(ColumnProfile column) => (double)column.Missing / Math.Max(1, column.Count + column.Missing);

    private static IEnumerable<string> Changes(DataContract reference, DataContract current)
    {
        var personal = Personal(reference, current);
        var (then, now) = (Shown(reference, personal), Shown(current, personal));
        return
        [
            .. now.Keys.Except(then.Keys).Select(name => $"{name} is new: {now[name].Rule.Describe()}"),
            .. then.Keys.Except(now.Keys).Select(name => $"{name} is gone"),
            .. now.Keys.Intersect(then.Keys).Where(name => !Same(then[name], now[name])).Select(name => $"{name}: {Describe(then[name])} → {Describe(now[name])}"),
        ];
    }

    private static bool Same(ColumnContract then, ColumnContract now) => Describe(then) == Describe(now);

    private static string Describe(ColumnContract column) => string.Join(
        ", ",
        ((string?[])[column.Role == ColumnRole.Feature ? null : column.Role.ToString().ToLowerInvariant(), column.Rule.Describe(), column.Nullable ? "may be empty" : null, column.Unique ? "unique" : null]).OfType<string>());

    private static Dictionary<string, ColumnContract> Shown(DataContract contract, HashSet<string> personal) =>
        contract.Columns.Where(column => !personal.Contains(column.Name)).ToDictionary(column => column.Name);

    // What was personal once stays so.
    private static HashSet<string> Personal(params DataContract[] contracts) =>
        [.. contracts.SelectMany(contract => contract.Columns).Where(column => column.PersonalData).Select(column => column.Name)];
}
