using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.TestKit;
using Pipelines;

namespace MlOpsBuild.Modeling.Behaviour.Tests;

/// <summary>The sample's model of the real bike-sharing file: what anybody who rides a bike expects of it.</summary>
public sealed class BehaviourOnRealDataTests : IDisposable
{
    private readonly StageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RealDataFact]
    public async Task Rush_hours_are_busy_nights_are_not_warmth_brings_riders_and_time_of_day_is_needed()
    {
        var specification = new BikeDemand().Specify(new Dictionary<string, string>());
        var data = new SnapshotFiles(["hour.csv"], [_folder.Write("hour.csv", await File.ReadAllBytesAsync(RealData.HourFile!))]);
        var (_, trained) = await _folder.RunAsync(new TrainStage(), new TrainInput(data, specification));
        var model = trained(TrainStage.ModelFile);
        var (_, evaluated) = await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(model, HoldOutRows.Of(data, specification)));
        var builder = new BehaviourBuilder<BikeHour>(specification.Contract, "");
        builder
            .Expect("rush hour is busy", x => x.WorkingDay && x.Hour == 17 && x.Weather == 1, p => p > 250)
            .Expect("nobody rides at four", x => x.Hour == 4, p => p < 60)
            .Increasing(x => x.Temperature, within: (0.2, 0.5), by: 0.1, atLeast: 0.75)
            .Decreasing(x => x.Hour, within: (17, 23), atLeast: 0.95)
            .Invariant(x => x.Hour, [4, 17], tolerance: 50)
            .Shifted(x => x.Temperature, by: 0.02, worseAtMost: 0.2);

        var (outcomes, _) = await _folder.RunAsync(new BehaviourStage(), new BehaviourInput(
            model, evaluated(EvaluateStage.RowsFile), evaluated(EvaluateStage.PredictionsFile), builder.Tests, Metrics.Rmse, 1, []));

        outcomes.Select(outcome => (outcome.Check, outcome.Verdict)).ShouldBe(
        [
            ("rush hour is busy", Verdict.Passed), ("nobody rides at four", Verdict.Passed),
            ("rises with temp from 0.2 to 0.5", Verdict.Passed), ("falls with hr from 17 to 23", Verdict.Passed),
            ("the same whatever hr is", Verdict.Failed), ("stands temp shifted by 0.02", Verdict.Passed),
        ],
        string.Join('\n', outcomes));
    }
}
