using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Training.Tests;

/// <summary>The program of <c>src/docs/jobs.md</c>: two processes, each with half of the rows, that make one model.</summary>
public sealed class DistributedTrainerTests : IDisposable
{
    private const string Program = "two_processes.py";
    private readonly StageFolder _folder = new();
    private readonly TemporaryFolder _root = new();

    public void Dispose()
    {
        _folder.Dispose();
        _root.Dispose();
    }

    [XGBoostFact]
    public async Task Two_processes_share_the_rows_and_make_one_model_the_same_each_time()
    {
        var data = _folder.Simulated(days: 180);
        await File.WriteAllTextAsync(_root[Program], Documented());

        var first = await TrainAsync(data);

        var workers = new[] { 0, 1 }.Select(number => JsonNode.Parse(first.Files[$"model/worker-{number}.json"])!).ToList();
        workers.Select(worker => (int)worker["of"]!).ShouldBe([2, 2]);
        workers.Select(worker => (int)worker["rank"]!).Order().ShouldBe([0, 1]);
        workers.Select(worker => (int)worker["rows"]!).ShouldBe([(180 - 60) * 12, (180 - 60) * 12], "each row is one worker's");
        (await TrainAsync(data)).Files["model/model.json"].ShouldBe(first.Files["model/model.json"]);
    }

    private async Task<CommandModel> TrainAsync(SnapshotFiles data)
    {
        var pipeline = StageFolder.Pipeline(("ridge", "false")) with
        {
            Trainer = Trainers.Command(
                [ScikitLearn.Python, Program, "train"], [ScikitLearn.Python, Program, "score"], [Program]),
        };
        var (_, output) = await _folder.RunAsync(new TrainStage(), new TrainInput(data, pipeline) { Root = _root.Path });
        return (CommandModel)CanonicalJson.Deserialize<TrainedModel>(
            await File.ReadAllBytesAsync(output(TrainStage.ModelFile).Path));
    }

    private static string Documented()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "docs", "jobs.md"));
        var start = text.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
