using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace Pipelines;

/// <summary>Hourly bike rentals. See NOTES.md for the data, the features and what the gates are worth.</summary>
public sealed class BikeDemand : ModelPipeline<BikeHour>
{
    /// <inheritdoc />
    protected override void Define(PipelineDefinition<BikeHour> pipeline)
    {
        var ridge = pipeline.Switch("ridge", false);
        var hoursByWorkingDay = ridge && pipeline.Switch("hour-by-working-day", true);
        var trainer = ridge ? Trainers.Linear(pipeline.Parameter("l2", 1.0, from: 0.01, to: 1000, byFactor: true)) : Trainers.FastTree(
            trees: pipeline.Parameter("trees", 100, from: 20, to: 400, byFactor: true),
            leaves: pipeline.Parameter("leaves", 20, from: 4, to: 64, byFactor: true),
            minimumExamplesPerLeaf: pipeline.Parameter("rows-per-leaf", 10, from: 1, to: 100, byFactor: true),
            learningRate: pipeline.Parameter("learning-rate", 0.2, from: 0.01, to: 0.5, byFactor: true));
        var simulation = new DemandSimulation
        {
            Seed = pipeline.Parameter("simulation-seed", 20110101L),
            Days = pipeline.Parameter("simulation-days", 731),
            GrowthPerYear = pipeline.Parameter("simulation-growth", 1.5),
            DemandDrift = pipeline.Parameter("demand-drift", 1.0),
            TemperatureDrift = pipeline.Parameter("temperature-drift", 0.0),
        };
        pipeline
            .Data(DataSource.Simulated(simulation))
            .HoldOut(last: TimeSpan.FromDays(60))
            .Predict(x => x.Count, LearningTask.Regression)
            .Target(TargetTransform.Log1p)
            .Features(f => f.When(!ridge, Numbers, otherwise: x => x
                .When(
                    hoursByWorkingDay, y => y.Cross(hour => hour.Hour, hour => hour.WorkingDay),
                    otherwise: y => y.OneHot(hour => hour.Hour).OneHot(hour => hour.WorkingDay))
                .Calendar(x => x.Day).Trend(x => x.Day).OneHot(x => x.Weather).Number(x => x.Temperature).Square(x => x.Temperature)))
            .Train(trainer)
            .Gate(Metrics.Rmse, g => g.AtMost(150).Beats(Baseline.SameHourLastWeek, forCertain: false).NotWorseThanChampion(margin: 0.02))
            .Gate(Metrics.RSquared, g => g.AtLeast(0.5))
            .Slice(x => x.WorkingDay)
            .Behaviour(t => t
                .Expect("few ride at three in the night", x => x.Hour == 3, p => p < 150, atLeast: 0.8)
                .Expect("many ride home from work", x => x.Hour == 17 && x.WorkingDay, p => p > 100, atLeast: 0.8)
                .Shifted(x => x.Humidity, by: 0.05, worseAtMost: 0.5))
            .Card(c => c
                .Owner("the team that places bikes")
                .IntendedUse("Planning, a day ahead, how many bikes a city will need each hour.")
                .OutOfScope("Prices, single stations, and hours further ahead than the weather forecast.")
                .Limits("Two years of one city; storms and holidays are rare in them."))
            .Canary(c => c.Steps(5, 25, 50).FalseAlarm(0.05))
            .Retrain(r => r.Every(TimeSpan.FromDays(30)).WhenRowsGrow(by: 0.1).WhenLossRises(by: 0.25));
    }

    // Trees find steps and what depends on what by themselves.
    private static void Numbers(FeatureBuilder<BikeHour> features) => features
        .Number(x => x.Season)
        .Number(x => x.Year)
        .Number(x => x.Month)
        .Number(x => x.Hour)
        .Number(x => x.Holiday)
        .Number(x => x.Weekday)
        .Number(x => x.WorkingDay)
        .Number(x => x.Weather).Number(x => x.Temperature).Number(x => x.FeltTemperature).Number(x => x.Humidity).Number(x => x.WindSpeed);
}
