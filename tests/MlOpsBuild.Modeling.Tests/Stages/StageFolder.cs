using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Stages.Tests;

/// <summary>Runs stages in folders of their own, as the runner does.</summary>
internal sealed class StageFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    /// <summary>The sample with its ridge regression.</summary>
    public static PipelineSpec Pipeline(params (string Name, string Value)[] settings) =>
        new global::Pipelines.BikeDemand().Specify(settings.Append((Name: "ridge", Value: "true"))
            .DistinctBy(setting => setting.Name)
            .ToDictionary(setting => setting.Name, setting => setting.Value));

    public SnapshotFiles Simulated(int days = 120, long seed = 1) =>
        new(["simulated.csv"], [Write($"data-{days}-{seed}.csv", DemandSimulator.Write(new() { Days = days, Seed = seed }))]);

    public SnapshotFiles Text(string csv) =>
        new(["text.csv"], [Write($"text-{Digest.Of(csv).Abbreviated}.csv", System.Text.Encoding.UTF8.GetBytes(csv))]);

    public Artifact Write(string name, byte[] content)
    {
        File.WriteAllBytes(_folder[name], content);
        return new(Digest.Of(content), _folder[name]);
    }

    public async Task<(TResult Result, Func<string, Artifact> Output)> RunAsync<TInput, TResult>(Stage<TInput, TResult> stage, TInput input)
    {
        var output = Directory.CreateDirectory(_folder[$"run-{++_runs}"]).FullName;
        var result = await stage.RunAsync(input, output, new Progress<string>(), CancellationToken.None);
        return (result, name => new(Digest.Of(File.ReadAllBytes(Path.Combine(output, name))), Path.Combine(output, name)));
    }

    public void Dispose() => _folder.Dispose();
}
