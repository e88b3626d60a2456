using System.Reflection;

namespace MlOpsBuild.Rendering;

/// <summary>Texts that come with a program.</summary>
public static class EmbeddedText
{
    /// <summary>The text called <paramref name="name"/>.</summary>
    /// <param name="assembly">Whose it is.</param>
    /// <param name="name">Its logical name.</param>
    public static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"{assembly.GetName().Name} has no text '{name}'", nameof(name)));
        return reader.ReadToEnd();
    }
}
