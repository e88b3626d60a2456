using System.Linq.Expressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What cannot be joined: keys, clocks and values that do not go together, and properties that may not be written.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="contract">What its rows promise.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class ViewCheck(string pipeline, DataContract contract, List<Finding> findings)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _views = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>The view as a whole, and the columns that it is joined by.</summary>
    public void Join(FeatureViewSpec view, IReadOnlyList<ColumnContract> keys)
    {
        var where = Where(view);
        _keys.UnionWith(keys.Select(key => key.Name));
        if (!_views.Add(view.Name))
        {
            findings.Add(new(
                "MLB2077", "Two feature views have one name", where, view.Name, "each name once", "join it once, or rename it"));
        }

        if (contract.Columns.FirstOrDefault(column => column.Timestamp == TimestampPart.Day) is not { } time)
        {
            findings.Add(new(
                "MLB2078", "Rows without times have no moment at which to look into a feature view", where, null,
                "a property marked [Timestamp]", "mark the property that says when the row was"));
        }
        else if (Clocks(view).Any(clock => clock.Rule.Zone == null != (time.Rule.Zone == null)))
        {
            findings.Add(new(
                "MLB2079", "Only one of two clocks has a zone", where, $"{time.Name}: {Zone(time)}; {view.Time}: {Zone(view.Contract[view.Time])}",
                "[Zone(…)] or DateTimeOffset for the rows and for the view, or for neither", "say where both clocks hang"));
        }

        var types = view.Entities.Select(entity => view.Contract[entity].Rule).ToList();
        if (types.Count != keys.Count || types.Zip(keys).Any(pair => KeyKind(pair.First) != KeyKind(pair.Second.Rule)))
        {
            findings.Add(new(
                "MLB2080", "The rows' keys are not those of the feature view", where,
                string.Join(", ", keys.Select(key => $"{key.Name}: {key.Rule.Kind}")),
                string.Join(", ", types.Select(rule => $"{rule.Name}: {rule.Kind}")),
                "name properties of the same types in the view's order, several as on: x => new { x.A, x.B }"));
        }

        findings.AddRange(keys.Where(key => key.Role != ColumnRole.Feature).Select(key => new Finding(
            "MLB2081", "A key that is not known when predicting", $"{where}, {key.Name}", key.Role.ToString(),
            "a column that requests bring", "take another property")));
    }

    /// <summary>The view's column that <paramref name="value"/> names; null, with a finding, where it names none.</summary>
    public ColumnContract? Taken(FeatureViewSpec view, LambdaExpression value)
    {
        var column = view.Contract.Taken(value.Body);
        if (column == null)
        {
            findings.Add(new("MLB2082", "Not a property of the feature view", Where(view), value.ToString(), "w => w.Property"));
        }

        return column;
    }

    /// <summary>A value, and the property that it is written to.</summary>
    public void Take(FeatureViewSpec view, ColumnContract from, ColumnContract target)
    {
        var where = $"{Where(view)}, {target.Name}";
        if (!target.Nullable)
        {
            findings.Add(new(
                "MLB2083", "A value of a feature view may be missing", where, target.Property, "a nullable property",
                "add a question mark to its type"));
        }

        if (target.Role != ColumnRole.Feature || target.Timestamp != null || _keys.Contains(target.Name))
        {
            findings.Add(new(
                "MLB2084", "A feature view may not write this property", where,
                target.Timestamp != null ? "the row's time" : target.Role == ColumnRole.Feature ? "a key" : target.Role.ToString(),
                "a feature of the row", "give the row a property of its own for the value"));
        }

        if (!_written.Add(target.Name))
        {
            findings.Add(new(
                "MLB2085", "Two values are written to one property", where, target.Property, "each property once",
                "give the row another property"));
        }

        if (from.Rule.Kind != target.Rule.Kind && (from.Rule.Kind, target.Rule.Kind) is not (FieldKind.Whole, FieldKind.Real)
                and not (FieldKind.Text, FieldKind.Category) and not (FieldKind.Category, FieldKind.Text)
            || from.Rule.Zone != target.Rule.Zone)
        {
            findings.Add(new(
                "MLB2086", "A value has another type than its property", where, target.Rule.Describe(), from.Rule.Describe(),
                "change one of the types"));
        }

        if (from.PersonalData && !target.PersonalData)
        {
            findings.Add(new(
                "MLB2087", "Personal data of a feature view would be shown", where, from.Name, "[PersonalData] on the row's property, too",
                "mark it"));
        }
    }

    /// <summary>That something is taken.</summary>
    public void Require(FeatureViewSpec view, int taken)
    {
        if (taken == 0)
        {
            findings.Add(new(
                "MLB2088", "Nothing is taken of a feature view", Where(view), null, "v => v.Take(w => w.Value, x => x.Value)",
                "take a value, or remove the view"));
        }
    }

    private static IEnumerable<ColumnContract> Clocks(FeatureViewSpec view) =>
        new[] { view.Time, view.Known }.OfType<string>().Select(name => view.Contract[name])
            .Where(column => column.Rule.Kind == FieldKind.Time);

    private static FieldKind KeyKind(FieldRule rule) => rule.Kind == FieldKind.Category ? FieldKind.Text : rule.Kind;

    private static string Zone(ColumnContract column) => column.Rule.Zone ?? "none";

    private string Where(FeatureViewSpec view) => $"pipeline {pipeline}, feature view {view.Name}";
}
