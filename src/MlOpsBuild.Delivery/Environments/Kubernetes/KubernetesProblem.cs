using System.Net;
using System.Text.Json;
using k8s;
using k8s.Models;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>What went wrong between the build and the cluster, in words that say what to do.</summary>
internal static class KubernetesProblem
{
    /// <summary>The API server did not do it.</summary>
    /// <param name="server">Its address.</param>
    /// <param name="what">What was asked of it, for example <c>apply Deployment bikes</c>.</param>
    /// <param name="code">What it answered.</param>
    /// <param name="body">The body of its answer.</param>
    public static FindingsException Of(Uri server, string what, HttpStatusCode code, string body)
    {
        var status = Read(body);
        var said = status?.Message ?? body;
        return code switch
        {
            HttpStatusCode.Unauthorized => new UsageException(new Finding(
                "MLB5053", "The cluster does not know who asks", server.ToString(), said, "credentials that are valid",
                "log in again; kubectl auth whoami shows who asks")),
            HttpStatusCode.Forbidden => new UsageException(new Finding(
                "MLB5054", $"The cluster does not let this user {what}", server.ToString(), said, "the right to do it",
                "src/docs/kubernetes.md lists the rights that a deployment needs; kubectl auth can-i --list shows what there are")),
            HttpStatusCode.NotFound => new UsageException(new Finding(
                "MLB5055", $"The cluster has no place to {what}", server.ToString(), said, "the namespace, and the kind of object",
                "make the namespace, or name another one by --namespace; an HTTPRoute needs the Gateway API's definitions in the cluster")),
            HttpStatusCode.Conflict => new StageFailedException(
                $"The cluster does not {what}: somebody else manages it",
                Each(status, what, said, (where, cause) => new(
                    "MLB5056", "A field that somebody else manages", where, cause, $"a field that only {ClusterNames.Manager} manages",
                    "take it out of what the other one applies, or --take-over it once")),
                Verdict.Error),
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new StageFailedException(
                $"The cluster does not {what}",
                Each(status, what, said, (where, cause) => new(
                    "MLB5057", "Refused by the cluster", where, cause, "a value that it takes", "correct the settings of the environment")),
                Verdict.Error),
            _ => new StageFailedException(new Finding(
                "MLB5058", $"The cluster does not {what}", server.ToString(), $"{(int)code} {said}", "an API server that does",
                "kubectl get --raw /readyz?verbose shows how it is; run the command again")),
        };
    }

    /// <summary>No answer came.</summary>
    public static StageFailedException Silent(Uri server, string what, Exception problem) => new(new Finding(
        "MLB5059", $"The cluster does not answer when it is to {what}", server.ToString(), (problem.InnerException ?? problem).Message,
        "an API server that answers", "kubectl cluster-info shows whether it can be reached; a VPN may be needed"));

    // All causes at once, or what it said where it names none.
    private static IReadOnlyList<Finding> Each(V1Status? status, string what, string said, Func<string, string?, Finding> of) =>
        status?.Details?.Causes is { Count: > 0 } causes
            ? [.. causes.Select(cause => of($"{what}: {cause.Field}", cause.Message))]
            : [of(what, said)];

    private static V1Status? Read(string body)
    {
        try
        {
            return body.StartsWith('{') ? KubernetesJson.Deserialize<V1Status>(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
