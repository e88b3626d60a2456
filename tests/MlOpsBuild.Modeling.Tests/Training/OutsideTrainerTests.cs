using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Tests;

/// <summary>A family of models that nobody here knows of.</summary>
public sealed class OutsideTrainerTests : IDisposable
{
    private readonly StageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trainer_from_another_assembly_trains_like_any_other()
    {
        var input = new TrainInput(_folder.Simulated(), StageFolder.Pipeline() with { Trainer = new ShiftedMean(7) });

        var (summary, output) = await _folder.RunAsync(new TrainStage(), input);

        summary.Trainer.ShouldBe("shifted-mean");
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(output(TrainStage.ModelFile).Path))
            .ShouldBeOfType<LinearModel>();
        model.Coefficients.ShouldAllBe(coefficient => coefficient == 0);
    }

    [Fact]
    public void Its_options_are_part_of_the_key() =>
        Key(new ShiftedMean(7)).ShouldNotBe(Key(new ShiftedMean(8)));

    [Fact]
    public void A_trainer_is_shown_with_its_options() => new ShiftedMean(7.5).Describe().ShouldBe("shifted-mean shift=7.5");

    private string Key(TrainerSpec trainer) =>
        string.Join(
            "\n",
            new TrainStage().Key(new(_folder.Simulated(), StageFolder.Pipeline() with { Trainer = trainer })).Select(part => part.Value));

    /// <summary>The old model was restored when only what Fit does had changed: its code was in no key.</summary>
    [Fact]
    public void Code_of_a_trainer_that_is_not_ours_is_part_of_the_key_and_ours_is_in_every_key_already()
    {
        var input = new TrainInput(_folder.Simulated(), StageFolder.Pipeline());

        Names(input).ShouldNotContain("trainer's code");
        Names(input with { Pipeline = input.Pipeline with { Trainer = new ShiftedMean(1) } }).ShouldContain("trainer's code");
    }

    private static IEnumerable<string> Names(TrainInput input) => new TrainStage().Key(input).Select(part => part.Name);

    private sealed record ShiftedMean(double Shift) : TrainerSpec
    {
        public override string Kind => "shifted-mean";

        public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken) => new LinearModel
        {
            Target = rows.Target, Fields = rows.Fields, Scale = rows.Scale, Transform = rows.Transform,
            Intercept = rows.Labels.Average() + Shift, Coefficients = new double[rows.Transform.Width],
        };
    }
}
