using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>What went wrong between the build and the container engine, in words that say what to do.</summary>
internal static class DockerProblem
{
    /// <summary>Whether it comes from the engine or the way to it.</summary>
    public static bool Is(Exception problem) => problem is DockerApiException or HttpRequestException or SocketException or IOException
        or TimeoutException or UnauthorizedAccessException or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>The finding.</summary>
    /// <param name="host">Where the engine listens.</param>
    /// <param name="what">What was asked of it, for example <c>start a container</c>.</param>
    /// <param name="problem">What came back.</param>
    public static FindingsException Of(Uri host, string what, Exception problem) => problem switch
    {
        DockerApiException { ResponseBody: var body } when PortInUse(body) => new UsageException(new Finding(
            "MLB5016", "The port is in use", "--port", Message(body), "a free port",
            "choose another --port, leave it out for a free one, or end what listens there")),
        DockerImageNotFoundException => new StageFailedException(new Finding(
            "MLB5017", "The engine has no such image", host.ToString(), Message(((DockerApiException)problem).ResponseBody),
            "an image that was loaded a moment ago", "something takes images away meanwhile (docker image prune); run the command again")),
        DockerApiException api => new StageFailedException(new Finding(
            "MLB5018", $"The container engine would not {what}", host.ToString(), Message(api.ResponseBody), "a container engine that does",
            "read what it says; docker info shows how it is")),
        _ when host.Scheme == "unix" && !File.Exists(host.LocalPath) => new UsageException(new Finding(
            "MLB5019", "No container engine runs here", host.ToString(), "no such socket", "a running Docker engine",
            "install and start it (Debian: apt-get install docker.io), or say in DOCKER_HOST where it listens")),
        _ when Denied(problem) => new UsageException(new Finding(
            "MLB5020", "The container engine's socket is refused to this user", host.ToString(), "permission denied",
            "a user who may use the engine", "add the user to the group docker, or use a rootless engine and DOCKER_HOST")),
        _ => new StageFailedException(new Finding(
            "MLB5021", $"The container engine does not answer when it is to {what}", host.ToString(),
            (problem.InnerException ?? problem).Message, "a running Docker engine", "start it; docker info shows whether it answers")),
    };

    private static bool PortInUse(string body) => body.Contains("address already in use", StringComparison.Ordinal)
        || body.Contains("port is already allocated", StringComparison.Ordinal);

    private static bool Denied(Exception problem)
    {
        for (var inner = problem; inner != null; inner = inner.InnerException)
        {
            if (inner is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied })
            {
                return true;
            }
        }

        return false;
    }

    // {"message": "…"}
    private static string Message(string body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.GetProperty("message").GetString() ?? body;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return body;
        }
    }
}
