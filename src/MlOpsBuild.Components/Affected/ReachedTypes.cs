using System.Reflection;
using System.Reflection.Emit;

namespace MlOpsBuild.Components.Affected;

/// <summary>The types that a type can reach: by what it is made of, and by what its methods use.</summary>
internal static class ReachedTypes
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;
    private const byte TwoBytes = 0xfe;
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xffff);

    /// <summary>What <paramref name="start"/> reaches, itself among it.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="enters">Whether types of an assembly are looked at; others are ends.</param>
    /// <param name="borders">Types that are not entered either.</param>
    /// <param name="known">What types use, as far as it was looked at: many pipelines reach the same.</param>
    public static IReadOnlySet<Type> From(
        Type start, Func<Assembly, bool> enters, IReadOnlySet<Type> borders, IDictionary<Type, IReadOnlyList<Type>> known)
    {
        var (reached, open) = (new HashSet<Type>(), new Stack<Type>([start]));
        while (open.TryPop(out var type))
        {
            if (Plain(type) is { } plain && enters(plain.Assembly) && !borders.Contains(plain) && reached.Add(plain))
            {
                if (!known.TryGetValue(plain, out var used))
                {
                    known[plain] = used = [.. Neighbours(plain).Distinct()];
                }

                foreach (var next in used)
                {
                    open.Push(next);
                }
            }

            // The parts of a generic type count wherever it is declared.
            foreach (var argument in type.IsGenericType ? type.GenericTypeArguments : [])
            {
                open.Push(argument);
            }
        }

        return reached;
    }

    private static Type? Plain(Type type) => type.HasElementType ? Plain(type.GetElementType()!)
        : type.IsGenericParameter ? null
        : type.IsGenericType ? type.GetGenericTypeDefinition()
        : type;

    private static IEnumerable<Type> Neighbours(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.DeclaringType is { } outer ? [outer] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetNestedTypes(Own),
        .. Attributes(type),
        .. type.GetFields(Own).SelectMany(field => Attributes(field).Append(field.FieldType)),
        .. type.GetProperties(Own).SelectMany(Attributes),
        .. type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).SelectMany(OfMethod),
    ];

    private static IEnumerable<Type> Attributes(MemberInfo member) => member.GetCustomAttributesData().SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue))
            .Select(argument => argument.Value)
            .OfType<Type>()
            .Append(attribute.AttributeType));

    private static IEnumerable<Type> OfMethod(MethodBase method) =>
    [
        .. Attributes(method),
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method is MethodInfo { ReturnType: var returned } ? [returned] : Type.EmptyTypes,
        .. method.GetMethodBody() is { } body ? OfBody(method, body) : [],
    ];

    private static IEnumerable<Type> OfBody(MethodBase method, MethodBody body) =>
    [
        .. body.LocalVariables.Select(local => local.LocalType),
        .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType!),
        .. Used(method, body.GetILAsByteArray()!),
    ];

    private static List<Type> Used(MethodBase method, byte[] code)
    {
        var (used, at) = (new List<Type>(), 0);
        var (ofType, ofMethod) = (
            method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null);
        while (at < code.Length)
        {
            var operation = code[at] == TwoBytes ? Codes[(TwoBytes << 8) | code[at + 1]] : Codes[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                used.AddRange(Types(method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!));
            }

            at += LengthOf(operation.OperandType, code, at);
        }

        return used;
    }

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodBase { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => member.DeclaringType is { } type ? [type] : [],
    };

    private static int LengthOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => sizeof(short),
        OperandType.InlineI8 or OperandType.InlineR => sizeof(long),
        OperandType.InlineSwitch => sizeof(int) * (1 + BitConverter.ToInt32(code, at)),
        _ => sizeof(int),
    };
}
