using System.Reflection;
using System.Text.RegularExpressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;

namespace MlOpsBuild.Data.Views;

/// <summary>Reads a feature view from the attributes of a record.</summary>
internal static partial class FeatureViewReader
{
    public static FeatureViewSpec Of<TView>(string name, DataSource source)
    {
        var findings = new List<Finding>();
        var columns = ContractReader.Columns<TView>(findings);
        var where = $"feature view {name}";
        if (!NameForm().IsMatch(name))
        {
            findings.Add(new(
                "MLB1074", "No name of a feature view", where, name, "small letters, digits, - and _, a letter first", "correct the name"));
        }

        var entities = Marked<TView, EntityAttribute>(columns);
        var times = columns.Where(column => column.Timestamp != null).ToList();
        var known = Marked<TView, KnownAttribute>(columns);
        if (times is not [{ Rule.Kind: FieldKind.Date or FieldKind.Time }])
        {
            findings.Add(new(
                "MLB1075", "A feature view must mark one property [Timestamp]", where, Names(times), "a date or a time: when it was true",
                "mark the property that says when the row's values were true"));
        }

        if (entities.Count == 0)
        {
            findings.Add(new(
                "MLB1076", "A feature view must mark a property [Entity]", where, null, "at least one: whose values they are",
                "mark the properties that rows of a pipeline are joined by"));
        }

        findings.AddRange(entities.Where(column => column.Rule.Kind is FieldKind.Real or FieldKind.Time).Select(column => new Finding(
            "MLB1077", "No type of a key", $"{where}, {column.Name}", column.Rule.Describe(), "a text, a whole number, a flag or a date",
            "take another property, or change its type")));
        if (known.Count > 1 || known.Any(column => column.Rule.Kind is not (FieldKind.Date or FieldKind.Time)))
        {
            findings.Add(new(
                "MLB1078", "When values are known is one date or time", where, Names(known), "one property of that type",
                "correct [Known]"));
        }

        findings.AddRange(entities.Concat(times).Concat(known).Where(column => column.Nullable).Select(column => new Finding(
            "MLB1079", "Keys and times of a feature view may not be missing", $"{where}, {column.Name}", null,
            "a type that is not nullable", "remove the question mark")));
        findings.AddRange(columns.Where(column => column.Role is ColumnRole.Label or ColumnRole.Leak).Select(column => new Finding(
            "MLB1080", "A feature view has neither a label nor leaks", $"{where}, {column.Name}", column.Role.ToString(),
            "values that are known at their time", "remove the attribute, or the property")));
        return findings.Count > 0 ? throw new UsageException($"The feature view {name} is not usable", findings) : new(
            name, source, new(typeof(TView).Name, [.. columns.Select(column => column with { Timestamp = null })]),
            [.. entities.Select(column => column.Name)], times[0].Name)
        {
            Known = known.Count == 0 ? null : known[0].Name,
        };
    }

    private static List<ColumnContract> Marked<TView, TAttribute>(IReadOnlyList<ColumnContract> columns) where TAttribute : Attribute =>
        [.. columns.Where(column => typeof(TView).GetProperty(column.Property)!.IsDefined(typeof(TAttribute)))];

    private static string Names(List<ColumnContract> columns) => string.Join(", ", columns.Select(column => column.Name));

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
