using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Store;

namespace MlOpsBuild.Components.Session;

/// <summary>What the targets of one build run share: the store, the world around, and each pipeline's results so far.</summary>
public sealed class RunSession
{
    private readonly Dictionary<string, PipelineRun> _runs = [];
    private readonly List<string> _notes = [];

    internal RunSession(string root, IReadOnlyDictionary<string, string> environment, TimeProvider time, ISessionOutput output, bool isServerBuild)
    {
        Root = root;
        Environment = environment;
        Time = time;
        Output = output;
        IsServerBuild = isServerBuild;
        Started = time.GetTimestamp();
        Store = MlOpsStore.At(root, time);
    }

    internal string Root { get; }

    internal IReadOnlyDictionary<string, string> Environment { get; }

    internal TimeProvider Time { get; }

    internal ISessionOutput Output { get; }

    internal bool IsServerBuild { get; }

    internal long Started { get; }

    internal MlOpsStore Store { get; }

    internal string Actor => Environment.GetValueOrDefault("GITHUB_ACTOR") ?? Environment.GetValueOrDefault("GITLAB_USER_LOGIN") ?? Environment.GetValueOrDefault("USER") ?? System.Environment.UserName;

    /// <summary>The run of <paramref name="pipeline"/>, begun when it is first asked for.</summary>
    internal PipelineRun RunOf(ModelPipeline pipeline, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> targets)
    {
        if (!_runs.TryGetValue(pipeline.Name, out var run))
        {
            _runs[pipeline.Name] = run = PipelineRun.Begin(this, pipeline.Specify(settings), targets);
        }

        return run;
    }

    /// <summary>Adds a remark to the running target's line of the summary.</summary>
    internal void Note(string text) => _notes.Add(text);

    internal IReadOnlyList<string> TakeNotes()
    {
        var notes = _notes.ToList();
        _notes.Clear();
        return notes;
    }
}
