using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Kubernetes;

namespace MlOpsBuild.Components.Session;

/// <summary>Which cluster the caller means, and where its nodes pull images from.</summary>
/// <param name="Settings">What the build class says, and the command line before it.</param>
/// <param name="Registry">The registry; null where nobody named one.</param>
/// <param name="TakesOver">Whether fields that others manage are taken over.</param>
internal sealed record ClusterChoice(KubernetesSettings Settings, string? Registry, bool TakesOver)
{
    /// <summary>Nothing was said.</summary>
    public static ClusterChoice None { get; } = new(new(), null, false);

    /// <summary>What <paramref name="build"/> says.</summary>
    /// <exception cref="UsageException">The class has settings that nobody would read.</exception>
    public static ClusterChoice Of(IHazSession build)
    {
        if (!DeclaredProperty.IsObeyed(build, nameof(IHazEnvironment.Kubernetes)))
        {
            throw new UsageException(new Finding(
                "MLB7161", "Settings that nobody would read", $"{build.GetType().Name}.{nameof(IHazEnvironment.Kubernetes)}", null,
                DeclaredProperty.Expected, DeclaredProperty.Fix(build)));
        }

        var settings = build.Kubernetes;
        return new(
            settings with
            {
                Context = build.KubeContext ?? settings.Context, Namespace = build.Namespace ?? settings.Namespace,
                PullSecret = build.PullSecret ?? settings.PullSecret, Gateway = build.Gateway ?? settings.Gateway,
            },
            string.IsNullOrEmpty(build.Registry) ? null : build.Registry, build.TakeOver == true);
    }
}
