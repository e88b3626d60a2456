using System.Linq.Expressions;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares what the rows of a pipeline take of a feature view.</summary>
public sealed class ViewBuilder<TRow, TView>
{
    private readonly FeatureViewSpec _view;
    private readonly Func<LambdaExpression, ColumnContract> _column;
    private readonly ViewCheck _check;
    private readonly List<JoinedColumn> _columns = [];

    internal ViewBuilder(FeatureViewSpec view, Func<LambdaExpression, ColumnContract> column, ViewCheck check) =>
        (_view, _column, _check) = (view, column, check);

    internal IReadOnlyList<JoinedColumn> Columns => _columns;

    /// <summary>Gives a property of the row the value that the view had at the row's moment; missing where it had none.</summary>
    /// <param name="value">The view's property.</param>
    /// <param name="target">The row's property: nullable, and in no file of the pipeline's own.</param>
    public ViewBuilder<TRow, TView> Take<TValue, TTarget>(
        Expression<Func<TView, TValue>> value, Expression<Func<TRow, TTarget>> target)
    {
        if (_check.Taken(_view, value) is { } from)
        {
            var column = _column(target);
            _check.Take(_view, from, column);
            _columns.Add(new(from.Name, column.Name));
        }

        return this;
    }
}
