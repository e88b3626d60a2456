using System.Net;
using System.Net.Http.Headers;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>Turns answers that are not what was asked for into failures that say what to do. No secret passes through here.</summary>
internal sealed class RegistryRefusals(RegistryAddress address, RegistryCredentials? credentials, TimeProvider time)
{
    private const int LongestBody = 64 << 10;

    /// <summary>The failure that <paramref name="response"/> stands for: one that may pass, or one that ends the operation.</summary>
    public async Task<Exception> ReadAsync(RegistryRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(response, cancellationToken);
        var errors = RegistryErrors.Read(body);
        var answer = RegistryErrors.OneLine($"{(int)response.StatusCode} {response.ReasonPhrase}")
            + (errors.Length == 0 ? "" : $" ({errors})");
        answer = Mask(answer);
        if ((int)response.StatusCode >= 500 && RegistryErrors.SpeaksOfFullDisk(body))
        {
            return FullDisk(request, answer);
        }

        return (int)response.StatusCode is 408 or 429 or 500 or 502 or 503 or 504
            ? new TransientFailureException(answer, answered: true, AskedPause.Of(response, time))
            : Final(request, response.StatusCode, answer);
    }

    /// <summary>A failure for an answer whose content is wrong.</summary>
    public StageFailedException Wrong(RegistryRequest request, string what, string? value, string expected, string fix) =>
        Failure(request, what, value is null ? null : Mask(value), expected, fix);

    private static StageFailedException Failure(RegistryRequest request, string what, string? value, string expected, string fix) =>
        new(new Finding("MLB3019", what, request.Name, value, expected, fix));

    private static StageFailedException FullDisk(RegistryRequest request, string answer) => Failure(
        request, "The registry's disk is full", answer, "free space for the upload",
        "free space where the registry keeps its content (uploads that were broken off, garbage collection) and run again; what is complete there is not sent again");

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedBody.ReadAsync(response, LongestBody, cancellationToken) ?? [];
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            // The status has been told; an explanation that breaks off is none.
            return [];
        }
    }

    private StageFailedException Final(RegistryRequest request, HttpStatusCode status, string answer) => status switch
    {
        HttpStatusCode.Unauthorized when credentials is null => Failure(
            request, "The registry asks for credentials", answer, $"a user who may {request.Actions} {address.Repository}",
            "set MLOPS_REGISTRY_USER and MLOPS_REGISTRY_PASSWORD, or log in with docker (credential helpers and identity tokens are not read)"),
        HttpStatusCode.Unauthorized => Failure(
            request, "The registry refuses the credentials", answer, $"a user who may {request.Actions} {address.Repository}",
            $"check {credentials}: user name, password or access token, and whether it has run out"),
        HttpStatusCode.Forbidden => Failure(
            request, "The registry does not allow this", answer, $"the right to {request.Actions} {address.Repository}",
            credentials is null
                ? "set MLOPS_REGISTRY_USER and MLOPS_REGISTRY_PASSWORD"
                : $"give {credentials} that right, or the access token its scope"),
        HttpStatusCode.NotFound => Failure(
            request, "The registry does not know the repository or the content", answer, address.Repository,
            "check --registry, and create the repository first where the registry does not do so by itself"),
        HttpStatusCode.MethodNotAllowed => Failure(
            request, "The registry does not support this", answer, "a registry that allows it",
            "allow it in the registry's configuration (deletion: storage.delete.enabled)"),
        HttpStatusCode.RequestEntityTooLarge => Failure(
            request, "The content is too large for the registry or a proxy before it", answer, "a larger limit",
            "raise the limit (nginx: client_max_body_size) or upload in smaller chunks"),
        HttpStatusCode.InsufficientStorage => FullDisk(request, answer),
        _ => Failure(
            request, "The registry refuses the request", answer, "an answer that goes on", "look at the registry's log for the reason"),
    };

    private string Mask(string text) => credentials?.Mask(text) ?? text;
}
