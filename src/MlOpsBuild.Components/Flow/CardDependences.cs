using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Packaging.Bundles;

namespace MlOpsBuild.Components.Flow;

/// <summary>What a model depends on, as its card shows it.</summary>
internal static class CardDependences
{
    private const int MostShown = 10;

    public static IReadOnlyList<CardDependence> Of(ModelExplanation? explanation) => explanation == null ? [] :
    [
        .. explanation.Columns.Where(column => column.Loss is > 0).Take(MostShown).Select(column => new CardDependence(
            column.Column, explanation.Metric, column.Loss!.Value, column.Interval?.Lower, column.Interval?.Upper)),
    ];
}
