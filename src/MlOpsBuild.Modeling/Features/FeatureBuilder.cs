using System.Linq.Expressions;

namespace MlOpsBuild.Modeling.Features;

/// <summary>Declares features by the row record's properties.</summary>
/// <typeparam name="TRow">The row record.</typeparam>
public sealed class FeatureBuilder<TRow>
{
    private readonly Func<LambdaExpression, string> _column;
    private readonly List<FeatureSpec> _features = [];

    internal FeatureBuilder(Func<LambdaExpression, string> column) => _column = column;

    internal IReadOnlyList<FeatureSpec> Features => _features;

    /// <summary>The value, standardised.</summary>
    public FeatureBuilder<TRow> Number<T>(Expression<Func<TRow, T>> column) => Add(FeatureKind.Number, column);

    /// <summary>Days passed: a straight trend over a date.</summary>
    public FeatureBuilder<TRow> Trend<T>(Expression<Func<TRow, T>> date) => Add(FeatureKind.Number, date);

    /// <summary>The square, standardised.</summary>
    public FeatureBuilder<TRow> Square<T>(Expression<Func<TRow, T>> column) => Add(FeatureKind.Square, column);

    /// <summary>One column per value.</summary>
    public FeatureBuilder<TRow> OneHot<T>(Expression<Func<TRow, T>> column) => Add(FeatureKind.OneHot, column);

    /// <summary>One column per pair of values.</summary>
    public FeatureBuilder<TRow> Cross<TFirst, TSecond>(Expression<Func<TRow, TFirst>> first, Expression<Func<TRow, TSecond>> second)
    {
        _features.Add(new(FeatureKind.Cross, _column(first), _column(second)));
        return this;
    }

    /// <summary>Month and weekday of a date.</summary>
    public FeatureBuilder<TRow> Calendar<T>(Expression<Func<TRow, T>> date) => Add(FeatureKind.Month, date).Add(FeatureKind.Weekday, date);

    /// <summary>Adds <paramref name="features"/> when <paramref name="condition"/> holds, else <paramref name="otherwise"/>.</summary>
    public FeatureBuilder<TRow> When(bool condition, Action<FeatureBuilder<TRow>> features, Action<FeatureBuilder<TRow>>? otherwise = null)
    {
        (condition ? features : otherwise)?.Invoke(this);
        return this;
    }

    private FeatureBuilder<TRow> Add(FeatureKind kind, LambdaExpression column)
    {
        _features.Add(new(kind, _column(column)));
        return this;
    }
}
