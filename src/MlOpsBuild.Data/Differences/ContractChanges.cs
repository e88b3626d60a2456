using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Differences;

/// <summary>
/// Compares contracts. A change breaks where a row that kept the old promise may break the new one, or where a column is no longer what it
/// was; to promise less of what is accepted is a break, to accept more is none.
/// </summary>
public static class ContractChanges
{
    /// <summary>
    /// The changes: new columns, gone ones, changed ones. Columns with personal data are left out of them, but for what breaks.
    /// </summary>
    /// <param name="before">What was promised.</param>
    /// <param name="now">What is promised now.</param>
    public static IReadOnlyList<ContractChange> Between(DataContract before, DataContract now)
    {
        var personal = DataDifference.Personal(before, now);
        var (then, current) = (before.Columns.ToDictionary(column => column.Name), now.Columns.ToDictionary(column => column.Name));
        IEnumerable<ContractChange> changes =
        [
            .. current.Values.Where(column => !then.ContainsKey(column.Name)).Select(column => new ContractChange(
                column.Name, $"{column.Name} is new: {column.Rule.Describe()}", column.Nullable ? null : "rows without it are refused")),
            .. then.Values.Where(column => !current.ContainsKey(column.Name))
                .Select(column => new ContractChange(column.Name, $"{column.Name} is gone", "nobody may rely on it any more")),
            .. current.Values
                .Where(column => then.TryGetValue(column.Name, out var known)
                    && (Describe(known) != Describe(column) || Breaks(known, column) != null))
                .Select(column => new ContractChange(
                    column.Name, $"{column.Name}: {Describe(then[column.Name])} → {Describe(column)}", Breaks(then[column.Name], column))),
        ];
        return [.. changes.Where(change => !personal.Contains(change.Column) || change.IsBreaking)];
    }

    /// <summary>
    /// What is wrong with changes that break, where the version of the contract is not a higher one; none where all is well.
    /// </summary>
    /// <param name="before">What was promised.</param>
    /// <param name="now">What is promised now.</param>
    public static IReadOnlyList<Finding> Unannounced(DataContract before, DataContract now) => now.Version > before.Version ? [] :
    [
        .. Between(before, now).Where(change => change.IsBreaking).Select(change => new Finding(
            "MLB1012", "A breaking change of the contract without a new version", $"contract {now.Name}, column {change.Column}",
            change.Text, FormattableString.Invariant($"version {before.Version + 1}, since {change.Breaks}"),
            FormattableString.Invariant(
                $"take the change back, or write [ContractVersion({before.Version + 1})] above record {now.Name}"))),
    ];

    private static string? Breaks(ColumnContract then, ColumnContract now)
    {
        var (old, rule) = (then.Rule, now.Rule);
        return old.Kind != rule.Kind
            && (old.Kind, rule.Kind) is not ((FieldKind.Whole, FieldKind.Real) or (FieldKind.Category, FieldKind.Text))
            ? "values of the old kind are refused"
            : rule.Minimum > (old.Minimum ?? double.NegativeInfinity) || rule.Maximum < (old.Maximum ?? double.PositiveInfinity)
                ? "values that were in range are refused"
            : rule.Categories != null && (old.Categories == null || old.Categories.Except(rule.Categories).Any())
                ? "texts that were categories are refused"
            : then.Nullable && !now.Nullable ? "missing values are refused"
            : now.Unique && !then.Unique ? "repeated values are refused"
            : then.Role != now.Role ? "it has another role"
            : then.Timestamp != now.Timestamp ? "it is another part of the row's time"
            : then.Positive != now.Positive ? "another class is the one whose probability is predicted"
            : old.Zone != rule.Zone ? "its clock hangs elsewhere"
            : null;
    }

    private static string Describe(ColumnContract column) => string.Join(
        ", ",
        ((string?[])
        [
            column.Role == ColumnRole.Feature ? null : column.Role.ToString().ToLowerInvariant(), column.Rule.Describe(),
            column.Nullable ? "may be empty" : null, column.Unique ? "unique" : null
        ])
            .OfType<string>());
}
