using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using MlOpsBuild.TestKit.Signatures;

namespace MlOpsBuild.Architecture.Tests.PublicApi;

/// <summary>What a package offers, as text: a heading for each type, a row for each member, in stable order.</summary>
internal static class PublicSurface
{
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetTypes().Where(IsOffered).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append($"## {type.FullName} ({Kind(type)})\n");
            foreach (var row in SignaturePrinter.Rows(type)
                .Where(row => !row.Contains('<' + "Clone>", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal))
            {
                text.Append(row).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static bool IsOffered(Type type) => type.IsVisible && !type.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";
}
