using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// The bill of materials of an image as CycloneDX 1.6 JSON: model with its card, server, runtime, libraries of the system, and what loads
/// what. Dependencies are read from the files themselves (assembly references, ELF's needed libraries). No time and no serial number: equal
/// images have equal bills.
/// </summary>
public static class SoftwareBill
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "application/vnd.cyclonedx+json";

    /// <summary>What kind of statement it is in.</summary>
    public const string PredicateType = "https://cyclonedx.org/bom";

    private const string Image = "image";
    private const string Model = "model";
    private const string Frameworks = "runtime";

    /// <summary>The bill.</summary>
    /// <param name="input">What it lists.</param>
    /// <param name="root">Where this machine's files lie, for the packages that they are of: <c>/</c>.</param>
    public static byte[] Write(SoftwareBillInput input, string root)
    {
        var (libraries, runtime, programs) = (
            Files(input, ImageServer.BaseLayer).Where(IsLibrary).ToList(), Files(input, ImageServer.RuntimeLayer),
            Files(input, ImageServer.ServerLayer));
        List<LayerEntry> server = [.. programs.Where(IsManaged), .. input.Server.Compiled];
        List<LayerEntry> native = [.. programs.Where(entry => !IsManaged(entry) && ElfFile.Read(entry.Content!.Path) != null)];
        var packages = DebianPackages.Read(root, [.. libraries.Select(entry => entry.Path)]);
        var program = server.FirstOrDefault(entry => entry.Path.EndsWith("mlops-server.dll", StringComparison.Ordinal));
        var names = server.DistinctBy(entry => Path.GetFileNameWithoutExtension(entry.Path))
            .ToDictionary(entry => Path.GetFileNameWithoutExtension(entry.Path), Reference, StringComparer.Ordinal);
        var places = libraries.ToDictionary(entry => Path.GetFileName(entry.Path), Reference, StringComparer.Ordinal);
        JsonObject[] components =
        [
            ModelOf(input),
            FrameworkOf(input),
            .. native.Select(Program),
            .. server.Select(entry => Assembly(entry, input.Server.Compiled.Contains(entry) ? null : entry.Content!.Digest)),
            .. libraries.Select(entry => Library(entry, packages))
        ];
        JsonObject[] dependencies =
        [
            Depends(Image, [Model, .. native.Select(Reference), .. program == null ? [] : (string[])[Reference(program)]]),
            Depends(Model, []),
            Depends(Frameworks, [.. Needed(runtime, places)]),
            .. native.Select(entry => Depends(Reference(entry), [.. input.Server.Compiled.Select(Reference), .. Needed([entry], places)])),
            .. server.Select(entry => Depends(
                Reference(entry), [Frameworks, .. References(entry).Where(names.ContainsKey).Select(name => names[name])])),
            .. libraries.Select(entry => Depends(Reference(entry), [.. Needed([entry], places)])),
        ];
        return CanonicalJson.Serialize(new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = Component("container", Image, input.Pipeline, Number(input)) },
            ["components"] = new JsonArray([.. components]),
            ["dependencies"] = new JsonArray([.. dependencies]),
        });
    }

    private static JsonObject ModelOf(SoftwareBillInput input)
    {
        var model = Component("machine-learning-model", Model, input.Pipeline, Number(input), input.Model);
        model["modelCard"] = new JsonObject
        {
            ["modelParameters"] = new JsonObject
            {
                ["task"] = input.Bundle.Classes.Count == 0 ? "regression" : "classification",
                ["datasets"] = new JsonArray(new JsonObject
                {
                    ["type"] = "dataset", ["name"] = input.Bundle.Data.ToString(),
                    ["description"] = input.Bundle.Simulated ? "simulated rows" : "measured rows"
                }),
            },
            ["quantitativeAnalysis"] = new JsonObject
            {
                ["performanceMetrics"] = new JsonArray(
                    [.. input.Bundle.Metrics.Where(metric => double.IsFinite(metric.Value)).Select(metric => (JsonNode)new JsonObject
                    {
                        ["type"] = metric.Name, ["value"] = metric.Value.ToString("R", CultureInfo.InvariantCulture),
                    })]),
            },
        };
        return model;
    }

    private static JsonObject FrameworkOf(SoftwareBillInput input)
    {
        var framework = Component("framework", Frameworks, "Microsoft.AspNetCore.App", input.Server.Runtime);
        framework["purl"] = $"pkg:nuget/Microsoft.AspNetCore.App.Ref@{input.Server.Runtime}";
        return framework;
    }

    private static JsonObject Program(LayerEntry entry) => Component(
        IsLibrary(entry) ? "library" : "application", Reference(entry), Path.GetFileName(entry.Path), null, entry.Content!.Digest);

    // The bytes of one that was compiled into a native program are nowhere in the image.
    private static JsonObject Assembly(LayerEntry entry, Digest? digest) =>
        Component(
            "library", Reference(entry), Path.GetFileNameWithoutExtension(entry.Path),
            AssemblyName.GetAssemblyName(entry.Content!.Path).Version?.ToString() ?? "0.0.0.0", digest);

    private static JsonObject Library(LayerEntry entry, DebianPackages packages)
    {
        var package = packages.Of(entry.Path);
        var library = Component("library", Reference(entry), Path.GetFileName(entry.Path), package?.Version, entry.Content!.Digest);
        if (package is var (name, version, architecture))
        {
            library["purl"] = $"pkg:deb/debian/{name}@{Uri.EscapeDataString(version)}?arch={architecture}";
        }

        return library;
    }

    private static JsonObject Component(string type, string reference, string name, string? version, Digest? digest = null)
    {
        var component = new JsonObject { ["type"] = type, ["bom-ref"] = reference, ["name"] = name };
        if (version != null)
        {
            component["version"] = version;
        }

        if (digest is { } content)
        {
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = content.Hex });
        }

        return component;
    }

    private static JsonObject Depends(string reference, IReadOnlyList<string> on) =>
        new()
        {
            ["ref"] = reference,
            ["dependsOn"] = new JsonArray([.. on.Distinct().Order(StringComparer.Ordinal).Select(name => (JsonNode)name)])
        };

    private static IReadOnlyList<LayerEntry> Files(SoftwareBillInput input, string layer) => [.. input.Server.Layers
        .Where(each => each.Key == layer)
        .SelectMany(each => each.Value)
        .Where(entry => entry.Content != null)
        .OrderBy(entry => entry.Path, StringComparer.Ordinal)];

    private static bool IsManaged(LayerEntry entry) => entry.Path.EndsWith(".dll", StringComparison.Ordinal);

    private static bool IsLibrary(LayerEntry entry) => Path.GetFileName(entry.Path).Contains(".so", StringComparison.Ordinal);

    private static IEnumerable<string> Needed(IEnumerable<LayerEntry> entries, Dictionary<string, string> places) => entries
        .Where(entry => Path.GetExtension(entry.Path) is not (".dll" or ".json"))
        .Select(entry => ElfFile.Read(entry.Content!.Path))
        .OfType<ElfFile>()
        .SelectMany(file => file.Needed)
        .Where(places.ContainsKey)
        .Select(name => places[name]);

    private static IEnumerable<string> References(LayerEntry entry)
    {
        using var stream = File.OpenRead(entry.Content!.Path);
        using var assembly = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(assembly);
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string Reference(LayerEntry entry) => "file:/" + entry.Path;

    private static string Number(SoftwareBillInput input) => string.Create(CultureInfo.InvariantCulture, $"v{input.Version}");
}
