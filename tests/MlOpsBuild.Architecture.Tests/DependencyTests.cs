using System.Xml.Linq;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>Dependencies point downwards only, and each project uses the packages it may.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["Analyzers"] = ([], ["Microsoft.CodeAnalysis.CSharp"]),
        ["Components"] = (
            ["Core", "Dashboard", "Data", "Delivery", "Engine", "Modeling", "Online", "Packaging", "Rendering", "Reporting", "Scoring",
                "Store", "Tracking"],
            ["ModelContextProtocol.Core", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
        ["Reporting"] = (["Core", "Data", "Modeling", "Store", "Delivery", "Rendering"], ["MailKit", "Octokit", "Polly.Core"]),
        ["Dashboard"] = (["Core", "Delivery", "Reporting", "Store"], []),
        ["Delivery"] = (["Scoring", "Packaging", "Store", "Modeling", "Data", "Online", "Core"],
            ["Docker.DotNet", "KubernetesClient", "Polly.Core", "YamlDotNet"]),
        ["Online"] = (["Core"], ["StackExchange.Redis"]),
        ["Serving"] = (["Online", "Scoring", "Core"], ["OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
        ["Packaging"] = (["Store", "Core", "Rendering"], []),
        ["Rendering"] = ([], ["Scriban.Signed"]),
        ["Modeling"] = (
            ["MlNet", "Scoring", "Data", "Core"],
            [
                "JsonSchema.Net", "LightGBM", "MathNet.Numerics", "Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm",
                "Polly.Core",
            ]),
        ["MlNet"] = (["Scoring", "Core"], ["LightGBM", "Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm"]),
        ["Onnx"] = (["Scoring", "Core"], ["Google.Protobuf", "Microsoft.ML.OnnxRuntime"]),
        ["Scoring"] = (["Core"], []),
        ["Data"] = (["Core"], ["CsvHelper", "MathNet.Numerics", "Parquet.Net", "System.IO.Hashing", "YamlDotNet"]),
        ["Databases"] = (["Data", "Core"], ["Microsoft.Data.Sqlite", "Npgsql"]),
        ["Store"] = (["Core"], []),
        ["Tracking"] = (["Store", "Scoring", "Data", "Core"], ["Polly.Core", "YamlDotNet"]),
        ["Engine"] = ([], ["Spectre.Console"]),
        ["Core"] = ([], []),
        ["Templates"] = ([], []),
    };

    [Fact]
    public void Every_project_is_in_the_table() =>
        Projects().Select(project => project.Name).Order().ShouldBe(Allowed.Keys.Order());

    [Fact]
    public void Projects_reference_only_what_the_table_allows() =>
        Projects()
            .SelectMany(project => project.References.Except(Allowed[project.Name].Projects).Select(other => $"{project.Name} -> {other}"))
            .ShouldBeEmpty();

    [Fact]
    public void Projects_use_only_the_packages_the_table_allows() =>
        Projects()
            .SelectMany(project => project.Packages.Except(Allowed[project.Name].Packages)
                .Select(package => $"{project.Name} -> {package}"))
            .ShouldBeEmpty();

    [Fact]
    public void The_picture_of_the_architecture_has_every_reference_that_does_not_follow_from_others()
    {
        var references = Projects().ToDictionary(project => project.Name, project => project.References);
        var drawn = File.ReadAllText(Path.Combine(Repository.Root, "src/docs/architecture.md")).Split("```mermaid")[1].Split("```")[0]
            .Split('\n').Where(line => line.Contains("-->", StringComparison.Ordinal)).Select(line => line.Trim());
        var needed =
            from project in references
            from other in project.Value
            where !project.Value.Any(between => between != other && Reached(between).Contains(other))
            select $"{project.Key} --> {other}";
        drawn.ShouldBe(needed, ignoreOrder: true);

        IEnumerable<string> Reached(string project) => references[project].SelectMany(next => Reached(next).Prepend(next));
    }

    [Fact]
    public void The_embedded_flavour_does_not_name_the_package_the_feed_lacks()
    {
        var lacking = new[] { "Fallout.Common", "Nuke.Common" };
        Projects().SelectMany(project => project.Packages).Intersect(lacking).ShouldBeEmpty();
    }

    [Fact]
    public void Advisories_are_told_for_all_packages_and_accepted_ones_say_why()
    {
        var props = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        ((string)props.Descendants("NuGetAudit").Single()).ShouldBe("true");
        ((string)props.Descendants("NuGetAuditMode").Single()).ShouldBe("all");
        ((string)props.Descendants("NuGetAuditLevel").Single()).ShouldBe("low");
        props.Descendants("NuGetAuditSuppress").ShouldAllBe(accepted => accepted.PreviousNode is XComment);
        Repository.Files("src", "*.csproj")
            .Concat(Repository.Files("tests", "*.csproj"))
            .SelectMany(path => XDocument.Load(path).Descendants())
            .Where(element => element.Name.LocalName.StartsWith("NuGetAudit", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static List<(string Name, List<string> References, List<string> Packages)> Projects() =>
        [.. Repository.Files("src", "*.csproj").Select(path =>
        {
            var project = XDocument.Load(path);
            return (
                Short(Path.GetFileNameWithoutExtension(path)),
                project.Descendants("ProjectReference")
                    .Select(reference => Short(
                        Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))))
                    .ToList(),
                project.Descendants("PackageReference")
                    .Where(reference => !IsOfAnotherEngine(reference))
                    .Select(reference => (string)reference.Attribute("Include")!)
                    .ToList());
        })];

    // What only the flavours on another engine restore.
    private static bool IsOfAnotherEngine(XElement reference) =>
        (string?)reference.Parent!.Attribute("Condition") is "'$(Packages)' == 'full'" or "'$(Packages)' == 'fallout'";

    private static string Short(string name) => name.Replace("MlOpsBuild.", "", StringComparison.Ordinal);
}
