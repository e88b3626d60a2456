using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Dashboard.State;

namespace MlOpsBuild.Dashboard.Tests;

/// <summary>A build that says what a test wants, and remembers what it was asked for.</summary>
internal sealed class FakeBuild : IDashboardBuild
{
    private readonly List<DashboardAct> _acts = [];

    public DashboardState State { get; set; } = Example.State;

    public IReadOnlyList<DashboardAct> Acts => _acts;

    public Func<DashboardAct, Task<DashboardAnswer>> Answer { get; set; } =
        act => Task.FromResult(new DashboardAnswer(0, [$"{act.Kind} is done"]));

    public Task<DashboardState> LookAsync(CancellationToken cancellationToken) => Task.FromResult(State);

    public Task<string?> TellAsync(VersionTopic topic, string pipeline, int version, CancellationToken cancellationToken) =>
        Task.FromResult(version < 5 ? $"{topic} of {pipeline} v{version} {Example.Hostile}" : null);

    public Task<DashboardAnswer> ActAsync(DashboardAct act, CancellationToken cancellationToken)
    {
        _acts.Add(act);
        return Answer(act);
    }
}
