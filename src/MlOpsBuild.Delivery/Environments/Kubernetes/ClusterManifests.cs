using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// A version as YAML for a cluster: what a deployment to <c>kubernetes</c> applies, or what another tool's controller takes, for teams in
/// which that one has the say. Nothing is asked of a cluster, and nothing in it is secret.
/// </summary>
public static class ClusterManifests
{
    /// <summary>What <c>Deploy --environment kubernetes</c> applies for a first version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="owner">The repository of the pipeline's images.</param>
    /// <param name="settings">How it serves.</param>
    /// <param name="withSecrets">Whether it is shown where secrets are, without what they hold; <c>kubectl</c> must not apply such.</param>
    public static string Kubernetes(ClusterVersion version, string owner, KubernetesSettings settings, bool withSecrets = true)
    {
        var names = new ClusterNames(version.Pipeline, null, owner);
        var servers = new ServerManifests(names, settings);
        var host = names.NewHost("00000000");
        IEnumerable<Manifest> all =
        [
            .. servers.Model(version, host, DateTimeOffset.UnixEpoch, settings.MinimumReplicas),
            .. new GatewayManifests(names, settings, servers).Of(version.Image, NoOptions(version.Pipeline), DateTimeOffset.UnixEpoch),
            .. settings.Gateway == null ? (Manifest[])[] : [CallerRoute.Of(names, settings, 0)],
        ];
        return ManifestText.Of(all.Where(manifest => withSecrets || manifest.Kind != ResourceKind.Secret));
    }

    /// <summary>An <c>InferenceService</c> of KServe 0.20 in its standard mode, with a canary beside what serves.</summary>
    /// <param name="champion">What serves.</param>
    /// <param name="canary">The version on trial; null for none.</param>
    /// <param name="percent">Its share, 0 to 100.</param>
    /// <param name="settings">How it serves.</param>
    public static string KServe(ClusterVersion champion, ClusterVersion? canary, int percent, KubernetesSettings settings) =>
        ManifestText.Of([KServeManifest.Of(champion, canary, percent, settings)]);

    /// <summary>
    /// A <c>Rollout</c> of Argo Rollouts 1.9 with its services, route and analysis. Its analysis sees errors and answer times by our
    /// servers' metrics in a Prometheus, and no losses: what a canary of ours judges by labels it cannot.
    /// </summary>
    /// <param name="version">The version that is to serve.</param>
    /// <param name="steps">The canary's shares, in percent.</param>
    /// <param name="toleratedRate">Share of answers that may be errors, 0 to 1.</param>
    /// <param name="prometheus">The address of the Prometheus.</param>
    /// <param name="settings">How it serves; a gateway is needed.</param>
    public static string ArgoRollouts(
        ClusterVersion version, IReadOnlyList<int> steps, double toleratedRate, Uri prometheus, KubernetesSettings settings) =>
        ManifestText.Of(new ArgoManifests(version, settings).Of(steps, toleratedRate, prometheus));

    private static GatewayOptions NoOptions(string pipeline) =>
        new(new("", "", "", "", "", DateTimeOffset.UnixEpoch), pipeline, ContainedModelOptions.UsualPort, 0, "", "");
}
