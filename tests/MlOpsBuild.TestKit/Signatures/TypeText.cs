namespace MlOpsBuild.TestKit.Signatures;

/// <summary>Writes types as the dump of NUKE's assemblies does: simple names, a few keywords, no nullability.</summary>
internal static class TypeText
{
    // The dump knows these keywords only; it says UInt32 and Byte.
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(float)] = "float",
    };

    public static string Of(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : type.IsArray ? Of(type.GetElementType()!) + "[]"
        : type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;
}
