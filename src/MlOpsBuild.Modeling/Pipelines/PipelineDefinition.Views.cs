using System.Linq.Expressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Modeling.Pipelines;

/// <content>What rows take of feature views.</content>
public sealed partial class PipelineDefinition<TRow>
{
    private readonly List<ViewJoin> _views = [];
    private OnlineStore _online = OnlineStore.Files;
    private ViewCheck? _viewCheck;

    /// <summary>
    /// Gives rows the values that a feature view had at their moment, by the row's [Timestamp]: none that was true or known only later.
    /// The gateway looks them up for requests that do not bring them.
    /// </summary>
    /// <param name="view">The feature view.</param>
    /// <param name="on">The row's properties that say whose values they are, in the order of the view's [Entity]: one, or several as
    /// <c>x => new { x.Shop, x.Article }</c>.</param>
    /// <param name="take">What is taken.</param>
    public PipelineDefinition<TRow> View<TView, TKey>(
        FeatureView<TView> view, Expression<Func<TRow, TKey>> on, Action<ViewBuilder<TRow, TView>> take) => With(() =>
    {
        var check = _viewCheck ??= new(_name, _contract, _findings);
        List<ColumnContract> keys =
        [
            .. (on.Body is NewExpression several ? several.Arguments : [on.Body])
                .Select(part => Column(Expression.Lambda(part, on.Parameters))),
        ];
        check.Join(view.Specification, keys);
        var builder = new ViewBuilder<TRow, TView>(view.Specification, Column, check);
        take(builder);
        check.Require(view.Specification, builder.Columns.Count);
        _views.Add(new(
            view.Specification,
            new(view.Specification.Name, [.. keys.Select(key => key.Rule)], builder.Columns) { MaxAge = view.Specification.MaxAge }));
    });

    /// <summary>Where the gateway finds the newest values of feature views; files of the environment when left out.</summary>
    public PipelineDefinition<TRow> Online(OnlineStore store) => With(() =>
    {
        if (store is { Kind: not OnlineStoreKind.Files, Variable: null or "" })
        {
            _findings.Add(new(
                "MLB2089", "No variable holds the connection string", $"pipeline {_name}", store.Kind.ToString(),
                "the name of an environment variable", "OnlineStore.Redis(\"FEATURES_REDIS\")"));
        }

        _online = store;
    });

    // What serves needs to know of the views no more than what is taken, and where it is kept.
    private IReadOnlyList<ViewJoin> Joins => [.. _views.Select(view => view with { Taken = view.Taken with { Store = _online } })];

    private DataContract JoinedContract =>
        _views.Count == 0 ? _contract : _contract with { Views = [.. Joins.Select(join => join.Taken)] };
}
