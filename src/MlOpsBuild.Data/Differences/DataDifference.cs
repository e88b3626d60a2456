using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Differences;

/// <summary>How data differ from the data they are compared with; personal data are left out.</summary>
/// <param name="ReferenceRows">Rows before.</param>
/// <param name="Rows">Rows now.</param>
/// <param name="Contract">What changed in the contract, one line each.</param>
/// <param name="Columns">How far each column moved, farthest first.</param>
/// <param name="NotCompared">Columns of both that cannot be compared: other categories, or a profile from before they were kept.</param>
public sealed record DataDifference(
    int ReferenceRows, int Rows, IReadOnlyList<string> Contract, IReadOnlyList<ColumnDrift> Columns, IReadOnlyList<string> NotCompared)
{
    /// <summary>The difference between two data sets.</summary>
    /// <param name="reference">What they are compared with.</param>
    /// <param name="current">What they are now.</param>
    public static DataDifference Between((DataProfile Profile, DataContract Contract) reference, (DataProfile Profile, DataContract Contract) current)
    {
        var personal = Personal(reference.Contract, current.Contract);
        var columns = (
            from now in current.Profile.Columns
            join then in reference.Profile.Columns on now.Name equals then.Name
            where !personal.Contains(now.Name) && !Grows(current.Contract, now.Name)
            select (now.Name, Drift: SameCategories(reference.Contract, current.Contract, now.Name) ? Drift(then, now, CategoriesOf(current.Contract, now.Name).Count > 0) : null)).ToList();
        return new(
            reference.Profile.Rows,
            current.Profile.Rows,
            [.. Changes(reference.Contract, current.Contract)],
            [.. columns.Select(column => column.Drift).OfType<ColumnDrift>().OrderByDescending(drift => drift.Index).ThenBy(drift => drift.Column, StringComparer.Ordinal)],
            [.. columns.Where(column => column.Drift == null).Select(column => column.Name)]);
    }

    // The mean of places in a list of categories means nothing.
    private static ColumnDrift? Drift(ColumnProfile then, ColumnProfile now, bool isCategory) => PopulationStability.Of(then, now) is var (index, byChance)
        ? new(now.Name, index, byChance, isCategory ? double.NaN : then.Mean, isCategory ? double.NaN : now.Mean, Missing(then), Missing(now))
        : null;

    // Names and dates of rows are new in new data; that is no drift.
    private static bool Grows(DataContract contract, string name) =>
        contract.Columns.FirstOrDefault(column => column.Name == name) is { Role: ColumnRole.Identifier } or { Rule.Kind: FieldKind.Date or FieldKind.Time };

    // Categories are counted by their place in the list; with another list the places mean something else.
    private static bool SameCategories(DataContract reference, DataContract current, string name) => CategoriesOf(reference, name).SequenceEqual(CategoriesOf(current, name));

    private static IReadOnlyList<string> CategoriesOf(DataContract contract, string name) =>
        contract.Columns.FirstOrDefault(column => column.Name == name)?.Rule is { Kind: FieldKind.Category, Categories: { } categories } ? categories : [];

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
