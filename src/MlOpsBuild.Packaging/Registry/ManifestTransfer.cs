using System.Net;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>Manifests, which are small enough for one request each way.</summary>
internal sealed class ManifestTransfer(RegistryTransport transport, RegistryAddress address)
{
    // Registries must take 4 MiB and refuse more than they like.
    private const int Largest = 16 << 20;

    // docker-registry answers 404 for an OCI manifest to whoever does not ask for one.
    private static readonly string[] MediaTypes =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    public async Task<Digest> PushAsync(
        string reference, ReadOnlyMemory<byte> manifest, string mediaType, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Put, reference, RegistryRequest.Push) with { Content = () => Body(manifest, mediaType) };
        using var response = await transport.SendAsync(request, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
        {
            throw await transport.Refusals.ReadAsync(request, response, cancellationToken);
        }

        var digest = Digest.Of(manifest.Span);
        return Announced(response) is not { } stored || stored == digest
            ? digest
            : throw transport.Refusals.Wrong(
                request, "The registry stored another manifest than was sent", stored.ToString(), digest.ToString(),
                "use a registry that keeps manifests as they are");
    }

    public async Task<byte[]?> PullAsync(string reference, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Get, reference, RegistryRequest.Pull) with { Accept = MediaTypes };
        using var response = await transport.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await transport.Refusals.ReadAsync(request, response, cancellationToken);
        }

        var body = await BoundedBody.ReadAsync(response, Largest, cancellationToken)
            ?? throw transport.Refusals.Wrong(
                request, "The registry's manifest is larger than any manifest", null, $"at most {Largest >> 20} MiB",
                "check that the reference names a manifest");
        var expected = Digest.TryParse(reference, out var named) ? named : Announced(response);
        return expected is null || expected == Digest.Of(body)
            ? body
            : throw transport.Refusals.Wrong(
                request, "The registry's manifest is not what its digest names", Digest.Of(body).ToString(), expected.Value.ToString(),
                "push the manifest again");
    }

    public async Task<bool> DeleteAsync(Digest digest, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Delete, digest.ToString(), RegistryRequest.Delete);
        using var response = await transport.SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.NoContent => true,
            HttpStatusCode.NotFound => false,
            _ => throw await transport.Refusals.ReadAsync(request, response, cancellationToken),
        };
    }

    private static ReadOnlyMemoryContent Body(ReadOnlyMemory<byte> manifest, string mediaType) =>
        new(manifest) { Headers = { ContentType = new(mediaType) } };

    private static Digest? Announced(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.First(), out var digest)
            ? digest
            : null;

    private RegistryRequest Request(HttpMethod method, string reference, string actions) =>
        new(method, address.Resource($"manifests/{reference}"), actions);
}
