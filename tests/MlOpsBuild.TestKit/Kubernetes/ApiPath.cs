namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>What a path of the API server names.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Space">The namespace; null for all.</param>
/// <param name="Name">One object; null for a list.</param>
/// <param name="Sub">A part of it, for example <c>log</c>; null for itself.</param>
internal sealed record ApiPath(ApiKind Kind, string? Space, string? Name, string? Sub)
{
    /// <summary>Reads a path; null where it names no object.</summary>
    /// <exception cref="ApiException">The server does not know the kind.</exception>
    public static ApiPath? Of(string path, IReadOnlyList<ApiKind> kinds)
    {
        var parts = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        var (group, version, rest) = parts switch
        {
            ["api", var core, .. var more] => ("", core, more),
            ["apis", var named, var one, .. var more] => (named, one, more),
            _ => ("", "", []),
        };
        var (space, left) = rest is ["namespaces", var within, _, ..] ? (within, rest[2..]) : (null, rest);
        return left.Length == 0 ? null : new(
            kinds.FirstOrDefault(kind => kind.Group == group && kind.Version == version && kind.Plural == left[0])
                ?? throw new ApiException(404, "NotFound", "the server could not find the requested resource"),
            space, left.ElementAtOrDefault(1), left.ElementAtOrDefault(2));
    }

    /// <summary>As rights name it: <c>pods/log</c> for a part.</summary>
    public string Plural() => Sub == null ? Kind.Plural : $"{Kind.Plural}/{Sub}";
}
