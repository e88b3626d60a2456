namespace MlOpsBuild.Engine.Parameters.Tests;

/// <summary>Resolves the parameters of a class against a context's arguments, environment and files.</summary>
internal static class ParametersOf<T>
{
    public static Dictionary<string, ParameterValue> Resolve(BuildContext context, List<string> problems)
    {
        var declarations = ParameterDeclaration.Of(typeof(T), problems);
        var commandLine = CommandLine.Parse(context.Arguments, declarations, problems);
        return new ParameterResolver(commandLine, ParameterFiles.Read(commandLine, context, declarations, problems), context, problems)
            .Resolve(declarations);
    }
}
