using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>
/// Finds the assembly that scores a kind of foreign model: among those of the program, else in <c>scorers/NAME</c>
/// beside it or beside its server.
/// </summary>
public static class ForeignLibrary
{
    private const string Untrimmed = "A native program does not come this far; none is trimmed that is not native.";

    /// <summary>The one type of <paramref name="assembly"/> that offers <typeparamref name="T"/>.</summary>
    /// <param name="assembly">The assembly's name, which is that of its package.</param>
    /// <exception cref="UsageException">It is not there, or this program is native and takes no assembly in.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Untrimmed)]
    public static T Load<T>(string assembly) where T : class => RuntimeFeature.IsDynamicCodeSupported
        ? (T)Activator.CreateInstance(
            Find(assembly).GetExportedTypes().Single(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)))!
        : throw new UsageException(new Finding(
            "MLB2202", "The native server scores no models of others", "server", assembly, "the server that runs on .NET",
            "deploy the version with this build, which takes that one for it"));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    private static Assembly Find(string name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            foreach (var folder in new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "mlops-server") }
                .Select(root => Path.Combine(root, "scorers", name)))
            {
                if (File.Exists(Path.Combine(folder, name + ".dll")))
                {
                    return new ForeignLibraryContext(folder).LoadFromAssemblyPath(Path.Combine(folder, name + ".dll"));
                }
            }

            throw new UsageException(new Finding(
                "MLB2203", "What scores this model is not here", AppContext.BaseDirectory, null, $"the package {name} beside the build",
                $"dotnet add build package {name} (in its own repository: dotnet add build reference src/{name})"));
        }
    }
}
