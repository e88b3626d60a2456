using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components;

/// <summary>A build that serves somewhere.</summary>
public interface IHazEnvironment : INukeBuild
{
    /// <summary><c>local</c> or <c>docker</c>.</summary>
    [Parameter("Where versions serve: local (processes of this machine, the default) or docker (containers of this machine's engine); Status, Stop and Rollback find what serves")]
    string? Environment => TryGetValue(() => Environment);

    /// <summary>Who may change what serves on which environment, when, and which versions; without one anybody may.</summary>
    IEnumerable<EnvironmentPolicy> EnvironmentPolicies => [];
}
