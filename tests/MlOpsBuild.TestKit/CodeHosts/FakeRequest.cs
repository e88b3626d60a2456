namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>A request that came to a <see cref="FakeCodeHost"/>.</summary>
public sealed class FakeRequest
{
    internal FakeRequest(string method, string path, string body, IReadOnlyDictionary<string, string> headers) =>
        (Method, Path, Body, Headers) = (method, path, body, headers);

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Path and query as they were sent, with their escapes.</summary>
    public string Path { get; }

    /// <summary>The body's text; empty without one.</summary>
    public string Body { get; }

    /// <summary>The headers; their names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The status of the answer; 0 while there is none and for good when the connection was cut.</summary>
    public int Status { get; internal set; }

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Path} {Status}";
}
