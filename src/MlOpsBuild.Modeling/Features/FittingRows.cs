using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>The training rows as features see them while they are fitted: a column at a time, and nothing of what is held out.</summary>
internal sealed class FittingRows
{
    private const double DaysAround = 3653;
    private readonly DataTable _table;
    private readonly IReadOnlyList<int> _positions;
    private readonly Dictionary<string, double[]> _past = [];

    /// <param name="table">All rows: those of the training may look back at any of them.</param>
    /// <param name="positions">The training rows.</param>
    /// <param name="features">The features to fit.</param>
    public FittingRows(DataTable table, IReadOnlyList<int> positions, IReadOnlyList<FeatureSpec> features)
    {
        (_table, _positions) = (table, positions);
        foreach (var past in features.Select(feature => feature.Past).OfType<PastValues>().Distinct())
        {
            _past[past.Name] = PastColumns.Of(table, past);
        }

        Fields = FieldsOf(features);
    }

    /// <summary>The model's inputs: the columns read, in contract order, then the values of earlier rows.</summary>
    public IReadOnlyList<FieldRule> Fields { get; private set; }

    /// <summary>Fits the transform of <paramref name="features"/>; fields that none of them reads are gone from then on.</summary>
    public FeatureTransform Fit(IReadOnlyList<FeatureSpec> features, bool standardise)
    {
        Fields = FieldsOf(features);
        return new([.. features.SelectMany(feature => feature.Fit(this, standardise))]);
    }

    /// <summary>The columns of <see cref="Fields"/>, as long as the table.</summary>
    public double[][] Columns => [.. Fields.Select(read => Column(read.Name))];

    /// <summary>The numbers of a column, row by row; NaN where missing.</summary>
    public double[] Values(string name)
    {
        var column = Column(name);
        return [.. _positions.Select(position => column[position])];
    }

    /// <summary>The free texts of a column that are not missing.</summary>
    public IEnumerable<string> Texts(string name) =>
        Values(name).Where(position => !double.IsNaN(position)).Select(position => _table.Texts[(int)position]);

    /// <summary>Where a field is among the model's inputs.</summary>
    public int Field(string name) => Fields.Select(field => field.Name).ToList().IndexOf(name);

    /// <summary>The rule of a field.</summary>
    public FieldRule Rule(string name) => Fields[Field(name)];

    /// <summary>Whether there is one value only.</summary>
    public static bool Same(IEnumerable<double> values) => values.Distinct().Take(2).Count() < 2;

    /// <summary>Different values, ascending, a missing one first.</summary>
    public static double[] Seen(IEnumerable<double> values) => [.. values.Distinct().Order()];

    private double[] Column(string name) => _past.TryGetValue(name, out var past) ? past : _table.Values(name);

    private List<FieldRule> FieldsOf(IReadOnlyList<FeatureSpec> features)
    {
        var read = features.Where(feature => feature.Past == null).SelectMany(feature => feature.Columns).ToHashSet();
        return
        [
            .. _table.Contract.Columns.Where(column => read.Contains(column.Name)).Select(column => Bounded(column.Rule)),
            .. features.Select(feature => feature.Past)
                .OfType<PastValues>()
                .Distinct()
                .Select(past => new FieldRule(past.Name, FieldKind.Real, Optional: true) { Past = past }),
        ];
    }

    // Dates without a range of their own are accepted up to ten years around the training rows: far beyond, a trend is no number any more.
    private FieldRule Bounded(FieldRule rule)
    {
        if (rule.Kind is not (FieldKind.Date or FieldKind.Time))
        {
            return rule;
        }

        var known = Values(rule.Name).Where(value => !double.IsNaN(value)).ToList();
        return known.Count == 0 ? rule : rule with
        {
            Minimum = rule.Minimum ?? Math.Max(0, known.Min() - DaysAround),
            Maximum = rule.Maximum ?? Math.Min(DateOnly.MaxValue.DayNumber, known.Max() + DaysAround),
        };
    }
}
