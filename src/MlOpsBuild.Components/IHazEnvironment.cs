using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components;

/// <summary>A build that serves somewhere.</summary>
public interface IHazEnvironment : INukeBuild
{
    /// <summary><c>local</c>, <c>docker</c> or <c>kubernetes</c>.</summary>
    [Parameter("Where versions serve: local (processes of this machine, the default), docker (containers of this machine's engine) or kubernetes (a namespace of a cluster); Status, Stop and Rollback find what serves")]
    string? Environment => TryGetValue(() => Environment);

    /// <summary>The context of the file with clusters.</summary>
    [Parameter("With --environment or --executor kubernetes: the context of the kubeconfig; its current one by default")]
    string? KubeContext => TryGetValue(() => KubeContext);

    /// <summary>The namespace in the cluster.</summary>
    [Parameter("With --environment or --executor kubernetes: the namespace; the context's by default")]
    string? Namespace => TryGetValue(() => Namespace);

    /// <summary>The secret with which nodes pull images, and jobs read and write.</summary>
    [Parameter("With --environment or --executor kubernetes: the namespace's secret of the registry (kubernetes.io/dockerconfigjson), with which nodes pull and jobs read and write")]
    string? PullSecret => TryGetValue(() => PullSecret);

    /// <summary>Through what callers come in.</summary>
    [Parameter("With --environment kubernetes: the Gateway (Gateway API) through which callers come in, NAME or NAMESPACE/NAME")]
    string? Gateway => TryGetValue(() => Gateway);

    /// <summary>Takes over fields of the cluster's objects that others manage.</summary>
    [Parameter("With --environment kubernetes: takes over fields of our objects that somebody else changed; without it they are told and left")]
    bool? TakeOver => TryGetValue<bool?>(() => TakeOver);

    /// <summary>Which cluster serves, through what callers come in, and what each server may use.</summary>
    KubernetesSettings Kubernetes => new();

    /// <summary>Who may change what serves on which environment, when, and which versions; without one anybody may.</summary>
    IEnumerable<EnvironmentPolicy> EnvironmentPolicies => [];
}
