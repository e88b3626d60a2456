using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>Finds the cluster and who asks it, as <c>kubectl</c> would.</summary>
internal static class ClusterAccess
{
    private const string Variable = "KUBECONFIG";

    /// <summary>The configuration of a client.</summary>
    /// <param name="settings">What the build says.</param>
    /// <param name="variables">Variables of the environment.</param>
    /// <exception cref="UsageException">There is no cluster to ask, or no such context.</exception>
    public static KubernetesClientConfiguration Of(KubernetesSettings settings, IReadOnlyDictionary<string, string> variables)
    {
        var files = Files(settings, variables);
        var known = files.Where(File.Exists).Select(file => (File: file, Read: Read(file))).ToList();
        if (known.Count == 0)
        {
            return variables.ContainsKey("KUBERNETES_SERVICE_HOST") && settings.Context == null
                ? KubernetesClientConfiguration.InClusterConfig()
                : throw new UsageException(new Finding(
                    "MLB5050", "No cluster is known here", string.Join(", ", files), "no such file",
                        "a file with a cluster and credentials",
                    $"log in to the cluster, say in {Variable} where the file lies, or run in a pod with a service account"));
        }

        var wanted = settings.Context ?? known.Select(file => file.Read.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name));
        var (found, config) = known.FirstOrDefault(file => Contexts(file.Read).Contains(wanted));
        if (found == null)
        {
            throw new UsageException(new Finding(
                "MLB5051", "No such context", string.Join(", ", known.Select(file => file.File)), wanted ?? "none is current",
                string.Join(" or ", known.SelectMany(file => Contexts(file.Read)).DefaultIfEmpty("a context")),
                "kubectl config get-contexts lists them; name one by --kube-context"));
        }

        try
        {
            return KubernetesClientConfiguration.BuildConfigFromConfigObject(config, wanted);
        }
        catch (Exception problem) when (problem is KubeConfigException or IOException or FormatException)
        {
            throw Unusable(found, problem);
        }
    }

    private static string[] Files(KubernetesSettings settings, IReadOnlyDictionary<string, string> variables) =>
        settings.ConfigFile is { Length: > 0 } named ? [named]
        : variables.GetValueOrDefault(Variable) is { Length: > 0 } list
            ? list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [Path.Combine(variables.GetValueOrDefault("HOME") ?? variables.GetValueOrDefault("USERPROFILE") ?? "/", ".kube", "config")];

    private static IEnumerable<string?> Contexts(K8SConfiguration config) => (config.Contexts ?? []).Select(context => context.Name);

    private static K8SConfiguration Read(string file)
    {
        try
        {
            return KubernetesClientConfiguration.LoadKubeConfig(new FileInfo(file));
        }
        catch (Exception problem) when (problem is KubeConfigException or IOException or UnauthorizedAccessException
            or YamlDotNet.Core.YamlException)
        {
            throw Unusable(file, problem);
        }
    }

    private static UsageException Unusable(string file, Exception problem) => new(new Finding(
        "MLB5052", "The file with clusters cannot be used", file, problem.Message, "a file that kubectl takes",
        "kubectl config view shows what it says"));
}
