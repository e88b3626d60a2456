using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>Loads a library with what lies beside it; what the program itself has is shared with it.</summary>
internal sealed class ForeignLibraryContext(string folder) : AssemblyLoadContext(Path.GetFileName(folder))
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A native program takes no assembly in.")]
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Path.Combine(folder, assemblyName.Name + ".dll") is var path
            && File.Exists(path)
            && Default.Assemblies.All(loaded => loaded.GetName().Name != assemblyName.Name)
            ? LoadFromAssemblyPath(path)
            : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        new[] { $"lib{unmanagedDllName}.so", $"{unmanagedDllName}.dll", $"lib{unmanagedDllName}.dylib", unmanagedDllName }
            .Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) is { } path
            ? LoadUnmanagedDllFromPath(path) : 0;
}
