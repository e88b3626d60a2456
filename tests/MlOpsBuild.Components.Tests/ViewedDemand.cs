using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Components.Tests;

/// <summary>A pipeline whose rows take values of a feature view.</summary>
internal sealed class ViewedDemand : ModelPipeline<ViewedDemand.Ride>
{
    protected override void Define(PipelineDefinition<Ride> pipeline) => pipeline
        .Data(DataSource.Files("rides.csv"))
        .View(
            FeatureView.Of<Weather>("weather", DataSource.Files("weather-*.csv")).FreshFor(TimeSpan.FromHours(12)), on: x => x.Station,
            v => v.Take(w => w.Degrees, x => x.Degrees))
        .Online(pipeline.Switch("redis", false) ? OnlineStore.Redis("FEATURES") : OnlineStore.Files)
        .HoldOut(last: TimeSpan.FromDays(30))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.Number(x => x.Degrees))
        .Train(Trainers.Linear())
        .Gate(Metrics.Rmse, g => g.AtMost(100_000));

    internal sealed record Ride([property: Timestamp] DateTime At, string Station, double? Degrees, [property: Label] double Count);

    internal sealed record Weather([property: Entity] string Station, [property: Timestamp] DateTime At, double Degrees);
}
