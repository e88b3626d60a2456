namespace MlOpsBuild.Modeling.Leaks;

/// <summary>
/// The label as a function of one column: its mean, or most frequent class, at each value, and between two values what lies between.
/// </summary>
internal sealed class ColumnCurve
{
    private readonly double[] _values;
    private readonly double[] _labels;
    private readonly bool _isClass;
    private readonly bool _isCategory;

    /// <summary>Fits it.</summary>
    /// <param name="rows">The rows to fit it on, at least one.</param>
    /// <param name="values">The column.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="classes">How many classes labels name; null where they are numbers.</param>
    /// <param name="isCategory">Whether nothing lies between two values.</param>
    public ColumnCurve(IEnumerable<int> rows, double[] values, IReadOnlyList<double> labels, int? classes, bool isCategory)
    {
        (_isClass, _isCategory) = (classes != null, isCategory);
        var fitted = rows.ToList();
        Overall = Of(fitted.Select(row => labels[row]));
        var curve = fitted.GroupBy(row => values[row])
            .OrderBy(group => group.Key)
            .Select(group => (Value: group.Key, Label: Of(group.Select(row => labels[row]))))
            .ToList();
        (_values, _labels) = ([.. curve.Select(point => point.Value)], [.. curve.Select(point => point.Label)]);
    }

    /// <summary>The label where nothing is known of the column.</summary>
    public double Overall { get; }

    /// <summary>The label at a value.</summary>
    public double At(double value)
    {
        var at = Array.BinarySearch(_values, value);
        if (at >= 0)
        {
            return _labels[at];
        }

        var above = ~at;
        return _isCategory ? Overall
            : above == 0 ? _labels[0]
            : above == _values.Length ? _labels[^1]
            : Between(above - 1, above, (value - _values[above - 1]) / (_values[above] - _values[above - 1]));
    }

    private double Between(int below, int above, double share) =>
        _isClass ? _labels[share < 0.5 ? below : above] : _labels[below] + (share * (_labels[above] - _labels[below]));

    private double Of(IEnumerable<double> labels) => _isClass
        ? labels.GroupBy(label => label).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key
        : labels.Average();
}
